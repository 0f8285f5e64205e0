# frozen_string_literal: true

module Signalbox
  # Model sugar: a record publishes an event when it is created, updated or destroyed.
  module Broadcasts
    # Callbacks of ActiveRecord that +on:+ may name.
    ACTIONS = %i[create update destroy touch].freeze
    # Those that it names by default. A touch changes a time only, often one of many on the way up from a child.
    DEFAULT_ACTIONS = %i[create update destroy].freeze

    # What {#broadcasts_event} takes: its own, and what callbacks take.
    OPTIONS = %i[to on payload if unless prepend].freeze
    private_constant :OPTIONS

    # Publishes an event of the contract whenever such a record is saved or destroyed. It is validated within the
    # transaction, so that a development's violation rolls back, and sent after the commit.
    #
    # The payload is the contract's fields, each read from the record by its snake_case name: an attribute or a method of
    # the model's own. Nothing else of the record can get out. A field that the record does not have is not given. A field
    # that is an association gives the fields that the contract declares of it.
    #
    # @example
    #   broadcasts_event :message_posted, on: :create, to: ->(message) { [ "room", { room_id: message.room_id } ] }
    # @example with the channel in a method, as Turbo's broadcasts_to takes it
    #   broadcasts_event :message_posted, to: :room_channel
    # @example with a serializer
    #   broadcasts_event :message_posted, to: "messages", payload: ->(message) { MessageSerializer.new(message).to_h }
    # @param event [Symbol, String]
    # @param to [String, Array, Proc, Symbol] a channel's name, with a Hash of its parameters where it has some; a Proc
    #   that takes the record and gives one; or the name of a method of the record, which gives one
    # @param on [Symbol, Array<Symbol>] +:create+, +:update+, +:destroy+ (all three by default), +:touch+
    # @param payload [Proc, Symbol, nil] takes the record and gives the payload, or names a method that does
    # @param conditions [Hash] +if:+ and +unless:+, as callbacks have them
    # @return [void]
    # @raise [UnknownChannel, UnknownEvent] the contract does not have it. Where +to:+ depends on the record, only the event
    #   is looked for when the class is loaded, and the channel when a record publishes
    # @raise [ArgumentError]
    def broadcasts_event(event, to:, on: DEFAULT_ACTIONS, payload: nil, **conditions)
      actions = Array(on)
      unknown = actions - ACTIONS
      raise ArgumentError, "broadcasts_event: on: takes #{ACTIONS.join(", ")}, not #{unknown.join(", ")}" if unknown.any?

      option = conditions.keys.find { |name| !OPTIONS.include?(name) }
      raise ArgumentError, "broadcasts_event has no option #{option}:. #{Spelling.hint(option, OPTIONS.map(&:to_s))}" if option

      Broadcasts.check(event, to)
      actions.each do |action|
        public_send("after_#{action}", **conditions) do |record|
          Broadcasts.publish(record, event, Broadcasts.of(record, to), payload)
        end
      end
    end

    class << self
      # What can be known when the class is loaded: before the first record, and by bin/rails zeitwerk:check.
      #
      # @api private
      # @raise [UnknownChannel, UnknownEvent, ArgumentError]
      def check(event, to)
        channel, = destination(to, event) unless asked?(to)
        # Codegen may not have run yet, or a model be loaded before Rails autoloads.
        return unless Signalbox.events?

        contract = Signalbox.events::CONTRACT
        asked?(to) ? contract.events(event) : contract.event(channel, event)
      end

      # @api private
      def of(record, setting)
        case setting
        when Symbol then record.send(setting)
        when Proc, Method then setting.call(record)
        else setting
        end
      end

      # @api private
      # @param target [Object] what +to:+ is or gives
      # @return [Array(Object, Hash)] a channel and its parameters
      # @raise [ArgumentError] it is of another shape
      # @raise [UnknownChannel] it is nil or false, as it may be for one record and not for another
      def destination(target, event)
        channel, parameters, *more = target
        parameters = Hash.try_convert(parameters || {})
        return [ channel, parameters ] if channel && parameters && more.empty?

        wanted = "broadcasts_event #{event.inspect}: to: is #{shape(channel)}, or a lambda or the name of a method that gives this"
        raise UnknownChannel.new("#{wanted}; here it is #{target.inspect}. Where there is nobody to tell, say so by if:") unless target

        raise ArgumentError, "#{wanted}; here it is [#{target.map(&:class).join(", ")}]"
      end

      # @api private
      def publish(record, event, target, payload)
        channel, parameters = destination(target, event)
        events = Signalbox.events
        definition = events::CONTRACT.event(channel, event)
        fields = payload ? of(record, payload) : declared(record, definition, parameters)
        events.publish(channel, event, fields, **parameters)
      rescue ContractError => error
        Publication.refuse(error, raising: false)
      end

      private

      # Whether it depends on the record.
      def asked?(setting)
        Symbol === setting || Proc === setting || Method === setting
      end

      # What +to:+ may be for a channel, as far as that is known.
      def shape(channel)
        known = Signalbox.events::CONTRACT.channels[channel.to_s] if Signalbox.events?
        return "a channel's name, with a Hash of its parameters where it has some: \"news\" or [ \"room\", { room_id: 7 } ]" if known.nil?
        return known.name.inspect if known.parameters.empty?

        "[ #{known.name.inspect}, { #{known.parameters.map { |parameter| "#{parameter.keyword}: ..." }.join(", ")} } ]"
      end

      def declared(record, definition, parameters)
        if definition.fields.nil?
          raise ArgumentError, "the payload of #{definition.name} is not an object: broadcasts_event needs payload:"
        end

        definition.shown(record, parameters)
      end
    end
  end
end
