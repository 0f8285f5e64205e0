# frozen_string_literal: true

module Signalbox
  module Testing
    autoload :FieldNames, File.join(__dir__, "field_names")
    autoload :Gateway, File.join(__dir__, "gateway")
    autoload :Page, File.join(__dir__, "page")

    # Which messages a test asks about: of a channel, of an event, with parameters and fields.
    class Expectation
      # @param channel [String, Symbol, nil] its name (+"room"+) or a concrete name (+"room:1"+); nil: any
      # @param event [String, Symbol, nil] nil: any
      # @param fields [Hash] parameters of the channel, and fields that the payload must have among others
      # @raise [UnknownChannel, UnknownEvent, UnknownField] what is not in the contract is never published: a test that
      #   asks for it is wrong, also where it hopes for nothing
      def initialize(channel = nil, event = nil, fields = {})
        @channel = channel && Testing.channel(channel)
        @concrete = channel.to_s if @channel&.match(channel.to_s)
        @events = Testing.events(@channel, event)
        @event = @events.first.name if event
        @fields = fields.to_h { |name, value| [ Spelling.snake_case(name), value ] }
        FieldNames.check(@events, fields)
      end

      # @param message [Message]
      # @return [Boolean]
      def match?(message)
        return false if @concrete && message.channel != @concrete
        return false if @event && Spelling.snake_case(message.event) != Spelling.snake_case(@event)

        channels = @channel ? [ @channel ] : Testing.contract.channels.each_value
        parameters = channels.lazy.filter_map { |channel| channel.match(message.channel) }.first
        return false if parameters.nil?

        parameters = parameters.transform_keys { |key| Spelling.snake_case(key) }
        @fields.all? { |name, value| field?(name, value, message.payload, parameters) }
      end

      # @param number [String] +"one"+, +"at least 2"+ ...
      # @return [String] +one typing event on room with author: "Bob"+
      def phrase(number)
        noun = number.match?(/\A(?:no|one|at least one)\z/) ? "event" : "events"
        text = [ number, @event, noun ].compact.join(" ")
        text << " on #{@concrete || @channel.name}" if @channel
        text << " with #{@fields.map { |name, value| "#{name}: #{value.inspect}" }.join(", ")}" unless @fields.empty?
        text
      end

      private

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

      # @param name [String, Symbol] +"room"+, or a concrete name: +"room:1"+
      # @return [Channel]
      # @raise [UnknownChannel]
      def channel(name)
        text = name.to_s
        contract.channels[text] || contract.channels.each_value.find { |each| each.match(text) } || contract.channel(name)
      end

      # @param channel [Channel, nil] nil: any
      # @param name [String, Symbol, nil] nil: all
      # @return [Array<Event>]
      # @raise [UnknownEvent]
      def events(channel, name)
        return [ contract.event(channel, name) ] if channel && name

        events = (channel ? [ channel ] : contract.channels.values).flat_map { |each| each.events.values }
        return events if name.nil?

        found = events.select { |event| Spelling.snake_case(event.name) == Spelling.snake_case(name) }
        return found if found.any?

        raise UnknownEvent, "no channel has an event #{name.inspect}. #{Spelling.hint(name, events.map(&:name).uniq)}"
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
        if unknown.any?
          hint = Spelling.hint(unknown.first, channel.parameters.map { |each| each.keyword.to_s })
          raise ArgumentError, "#{channel.pattern} has no parameter #{unknown.join(", ")}. #{hint}"
        end
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

      # @param count [Integer]
      # @return [String] for a sentence
      def number(count)
        { 0 => "no", 1 => "one" }.fetch(count, count.to_s)
      end

      # @param found [Array<Message>] those that were asked for
      # @param published [Array<Message>] all of them
      # @return [String] the end of a failure's message: what was published instead
      def outcome(found, published)
        return "but nothing was published#{waiting}." if published.empty?

        "but #{found.empty? ? "none was" : was(found)}. Published:\n#{list(published)}"
      end

      # @param found [Array<Message>] those that should not have been published
      # @return [String] the end of a failure's message
      def surprise(found)
        "but #{was(found)}:\n#{list(found)}"
      end

      private

      # What ActiveJob's test adapter keeps is published once a test performs it.
      def waiting
        adapter = PublishJob.queue_adapter if defined?(::ActiveJob::Base)
        return unless adapter.respond_to?(:enqueued_jobs)

        count = adapter.enqueued_jobs.count { |job| job[:job] == PublishJob || job["job_class"] == PublishJob.name }
        ", and #{number(count)} #{count == 1 ? "waits" : "wait"} in a job: perform_enqueued_jobs { ... }" if count.positive?
      end

      def was(messages)
        "#{number(messages.size)} #{messages.one? ? "was" : "were"}"
      end

      def list(messages)
        messages.map { |message| "  #{message.event} on #{message.channel}: #{message.payload.inspect}" }.join("\n")
      end
    end
  end
end
