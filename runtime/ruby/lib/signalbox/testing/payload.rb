# frozen_string_literal: true

module Signalbox
  module Testing
    # An object of a payload as tests read it. Its keys are the wire's, Strings; beside them it answers to the Symbols that
    # Ruby has for its fields, so that +payload[:posted_at]+ and +hash_including(posted_at: ...)+ find +"postedAt"+.
    class Payload < Hash
      # @param value [Object] as the wire has it
      # @return [Object] the same; a copy in which each object is a {Payload}
      def self.of(value)
        case value
        when Hash then value.each_with_object(new) { |(key, member), copy| copy[key] = of(member) }
        when Array then value.map { |item| of(item) }
        else value
        end
      end

      def [](name)
        super(wire_name(name))
      end

      def fetch(name, ...)
        super(wire_name(name), ...)
      end

      def dig(name, *rest)
        super(wire_name(name), *rest)
      end

      def key?(name)
        super(wire_name(name))
      end

      alias has_key? key?
      alias include? key?
      alias member? key?

      %i[values_at fetch_values slice except].each do |method|
        define_method(method) { |*names, &block| super(*names.map { |name| wire_name(name) }, &block) }
      end

      private

      def wire_name(name)
        return name unless Symbol === name

        text = name.to_s
        keys.find { |key| key == text } || keys.find { |key| Spelling.snake_case(key) == text } || name
      end
    end
  end
end
