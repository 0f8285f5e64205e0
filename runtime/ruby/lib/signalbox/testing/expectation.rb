# frozen_string_literal: true

module Signalbox
  module Testing
    autoload :Comparison, File.join(__dir__, "comparison")
    autoload :FieldNames, File.join(__dir__, "field_names")
    autoload :FieldValues, File.join(__dir__, "field_values")
    autoload :Gateway, File.join(__dir__, "gateway")
    autoload :Page, File.join(__dir__, "page")
    autoload :Payload, File.join(__dir__, "payload")

    # Which messages a test asks about: of a channel, of an event, with parameters and a payload.
    class Expectation
      # @param channel [String, Symbol, nil] its name (+"room"+) or a concrete name (+"room:1"+); nil: any
      # @param event [String, Symbol, nil] nil: any
      # @param payload [Object] a Hash is fields that the payload must have among others, anything else the payload itself
      # @param fields [Hash] parameters of the channel, and more fields
      # @raise [UnknownChannel, UnknownEvent, UnknownField, ContractViolation] what is not in the contract is never
      #   published: a test that asks for it is wrong, also where it hopes for nothing
      def initialize(channel = nil, event = nil, payload = Call::NONE, fields = {})
        @channel = channel && Testing.channel(channel)
        @concrete = channel.to_s if @channel&.match(channel.to_s)
        @events = Testing.events(@channel, event)
        @event = @events.first.name if event
        payload = Wire.members(payload) if Wire.named_values?(payload)
        payload, fields = Call::NONE, payload.merge(fields) if payload.is_a?(Hash)
        @payload = payload
        @fields = fields.to_h { |name, value| [ Spelling.snake_case(name), value ] }
        FieldValues.check(FieldNames.check(@events, fields), payload, fields)
      end

      # @param message [Message]
      # @return [Boolean]
      def match?(message)
        return false if @concrete && message.channel != @concrete
        return false if @event && Spelling.snake_case(message.event) != Spelling.snake_case(@event)

        channels = @channel ? [ @channel ] : Testing.contract.channels.values
        channel = channels.find { |each| each.match(message.channel) }
        !channel.nil? && payload?(channel.find(message.event), message.payload) &&
          @fields.all? { |name, expected| field?(name, expected, channel, message) }
      end

      # @param number [String] +one+, +at least 2+ ...
      # @return [String] +one typing event on room with author: "Bob"+
      def phrase(number)
        noun = number.match?(/(?:\A| )(?:no|one)\z/) ? "event" : "events"
        text = [ number, @event, noun ].compact.join(" ")
        text << " on #{@concrete || @channel.name}" if @channel
        asked = @fields.map { |name, value| "#{name}: #{show(value)}" }
        asked.unshift(show(@payload)) unless any_payload?
        text << " with #{asked.join(", ")}" unless asked.empty?
        text
      end

      private

      def any_payload?
        Call::NONE.equal?(@payload)
      end

      # What a publish takes as payload is converted as there: a Time, a record. A list has been compared item by item.
      def payload?(event, payload)
        return true if any_payload? || Comparison.same?(@payload, payload)

        !Comparison.matcher?(@payload) && !@payload.is_a?(Array) && Comparison.same?(event.type.coerce(@payload), payload)
      end

      def field?(name, expected, channel, message)
        return true if Comparison.member?(name, expected, message.payload)

        parameter = channel.parameters.find { |each| Spelling.snake_case(each.name) == name }
        !parameter.nil? && Comparison.parameter?(parameter, expected, channel.match(message.channel)[parameter.name])
      end

      # Matchers in their own words, wherever they stand.
      def show(value)
        return value.description if Comparison.matcher?(value) && value.respond_to?(:description)

        case value
        when Hash then "{ #{value.map { |name, member| "#{name}: #{show(member)}" }.join(", ")} }"
        when Array then "[#{value.map { |item| show(item) }.join(", ")}]"
        else value.inspect
        end
      end
    end

    class << self
      # @return [Contract]
      def contract
        Signalbox.events::CONTRACT
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
        return [ contract.event(channel.name, name) ] if channel && name

        return contract.events(name) if name

        (channel ? [ channel ] : contract.channels.values).flat_map { |each| each.events.values }
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
        values = channel.parameters.map { |each| parameters.fetch(each.keyword, Wire::UNDEFINED) }
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

      # @return [Array<Message>] what was published since the buffer was cleared
      def published
        buffer.messages.map { |message| readable(message) }
      end

      # @yield what may publish
      # @return [Array<Message>] what it published
      def capture
        before = buffer.messages
        yield
        (buffer.messages - before).map { |message| readable(message) }
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

      def readable(message)
        Message.new(message.channel, message.event, Payload.of(message.payload), message.id, message.text)
      end

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
