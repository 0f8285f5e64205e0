# frozen_string_literal: true

module Signalbox
  module Testing
    autoload :Gateway, File.join(__dir__, "gateway")
    autoload :Page, File.join(__dir__, "page")

    # Which messages a test asks about: of a channel, of an event, with parameters and fields.
    class Expectation
      # @param channel [String, Symbol, nil] its name (+"room"+) or a concrete name (+"room:1"+); nil: any
      # @param event [String, Symbol, nil] nil: any
      # @param fields [Hash] parameters of the channel, and fields that the payload must have among others
      # @raise [UnknownChannel, UnknownEvent] a test that asks for what is not in the contract cannot pass
      def initialize(channel = nil, event = nil, fields = {})
        @concrete = channel.to_s if channel.to_s.include?(":")
        @channel = contract.channel(channel) if channel && !@concrete
        @event = @channel && event ? contract.event(@channel, event).name : event
        @fields = fields.to_h { |name, value| [ Spelling.snake_case(name), value ] }
      end

      # @param message [Message]
      # @return [Boolean]
      def match?(message)
        return false if @concrete && message.channel != @concrete
        return false if @event && Spelling.snake_case(message.event) != Spelling.snake_case(@event)

        parameters = @channel ? parameters_of(message.channel) : {}
        return false if parameters.nil?

        @fields.all? { |name, value| field?(name, value, message.payload, parameters) }
      end

      def to_s
        what = [ @event || "an event", ("on #{@concrete || @channel.name}" if @concrete || @channel) ].compact.join(" ")
        @fields.empty? ? what : "#{what} with #{@fields.inspect}"
      end

      private

      def contract
        Testing.contract
      end

      # @return [Hash{String=>String}, nil] nil: the name is of another channel
      def parameters_of(name)
        @channel.match(name)&.transform_keys { |key| Spelling.snake_case(key) }
      end

      def field?(name, expected, payload, parameters)
        if payload.is_a?(Hash)
          key = payload.keys.find { |candidate| Spelling.snake_case(candidate) == name }
          return same?(expected, payload[key]) if key
        end
        parameters.key?(name) && parameters[name] == parameter_text(expected)
      end

      def parameter_text(value)
        (value.respond_to?(:to_param) ? value.to_param : value).to_s
      end

      # Ranges, patterns, classes and matchers ask with ===; everything else is compared as the wire has it.
      def same?(expected, actual)
        case expected
        when Hash
          actual.is_a?(Hash) && expected.all? { |name, value| field?(Spelling.snake_case(name), value, actual, {}) }
        when Array
          actual.is_a?(Array) && actual.size == expected.size && expected.zip(actual).all? { |e, a| same?(e, a) }
        else
          expected === actual || Wire.plain(expected) == actual
        end
      end
    end

    class << self
      # @return [Contract]
      def contract
        Object.const_get(Signalbox.configuration.events_module)::CONTRACT
      end

      # @param channel [String, Symbol] its name, or a concrete name
      # @param parameters [Hash{Symbol=>Object}] of the channel
      # @return [String] +room:1+
      # @raise [UnknownChannel, ArgumentError] there is none of that name
      def concrete_name(channel, parameters)
        if parameters.empty? && contract.channels.each_value.any? { |each| each.match(channel.to_s) }
          return channel.to_s
        end

        channel = contract.channel(channel)
        issues = []
        values = channel.parameters.to_h { |each| [ each.name, parameters.fetch(each.keyword, Wire::UNDEFINED) ] }
        name = channel.concrete_name(values, issues)
        unknown = parameters.keys - channel.parameters.map(&:keyword)
        raise ArgumentError, "#{channel.pattern} has no parameter #{unknown.join(", ")}" if unknown.any?
        raise ArgumentError, "#{channel.pattern}: #{issues.join("; ")}" if name.nil?

        name
      end

      # @return [Transports::Buffer]
      # @raise [Error] events would really be sent
      def buffer
        transport = Signalbox.transport
        return transport if transport.is_a?(Transports::Buffer)

        raise Error, "Signalbox sends events through #{transport.class}: test helpers need `c.transport = :test`, which " \
          "is the default in Rails' test environment"
      end

      # Forgets what was published. Where events are really sent, nothing is kept that could be forgotten.
      #
      # @return [void]
      def clear
        transport = Signalbox.transport
        transport.clear if transport.is_a?(Transports::Buffer)
      end

      # @yield what may publish
      # @return [Array<Message>] what it published
      def capture
        before = buffer.messages.size
        yield
        buffer.messages.drop(before)
      end

      # @param messages [Array<Message>]
      # @return [String] for the end of a failure's message
      def describe(messages)
        return "Nothing was published." if messages.empty?

        lines = messages.map { |message| "  #{message.event} on #{message.channel}: #{message.payload.inspect}" }
        "Published:\n#{lines.join("\n")}"
      end
    end
  end
end
