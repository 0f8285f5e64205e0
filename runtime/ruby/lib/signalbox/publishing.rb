# frozen_string_literal: true

module Signalbox
  # Publishing by name. What a generated module is extended with, and what its +with(…)+ returns.
  module Publishing
    # Publishes an event by its names.
    #
    # @example
    #   Events.publish "thing", { user_id: 1, contents: "x" }
    #   Events.publish "room", :message_posted, room_id: 1, id: "7", author: "Ada", body: "hi", posted_at: Time.now
    # @overload publish(channel, payload = nil, **fields)
    #   For a channel that has one event.
    # @overload publish(channel, event, payload = nil, **fields)
    # @param channel [String, Symbol] its name, without parameters
    # @param event [String, Symbol] as in the contract or in snake_case
    # @param payload [Hash, #as_json, #to_h]
    # @param fields [Hash] parameters of the channel, and fields of the payload
    # @return [String, nil] the message's id; nil where something went wrong that was reported
    # @raise [UnknownChannel, UnknownEvent, ContractViolation] outside production
    def publish(channel, event = Call::NONE, payload = Call::NONE, **fields)
      signalbox_call(channel, event, payload, fields, raising: false)
    end

    # The same, but raises.
    #
    # @return [String] the message's id
    # @raise [UnknownChannel, UnknownEvent, ContractViolation, DeliveryError]
    def publish!(channel, event = Call::NONE, payload = Call::NONE, **fields)
      signalbox_call(channel, event, payload, fields, raising: true)
    end

    # Validates and encodes now; an ActiveJob job sends it, and tries again where the broker is away.
    #
    # @return [String, nil] the message's id
    def publish_later(channel, event = Call::NONE, payload = Call::NONE, **fields)
      signalbox_call(channel, event, payload, fields, signalbox_later_options, raising: false)
    end

    # The same, but raises: also where the job cannot be enqueued.
    #
    # @return [String]
    # @raise [UnknownChannel, UnknownEvent, ContractViolation, DeliveryError]
    def publish_later!(channel, event = Call::NONE, payload = Call::NONE, **fields)
      signalbox_call(channel, event, payload, fields, signalbox_later_options, raising: true)
    end

    # Sends what the block publishes in one round trip at its end; nothing of it where a message breaks the contract,
    # also where the block rescues that, or where the block does not reach its end. What a transaction rolls back in it
    # does not go; what is in a transaction around it goes after the commit.
    #
    # @return [Array<String>, nil] the messages' ids; nil where nothing was sent, which was reported or logged
    # @raise [UnknownChannel, UnknownEvent, ContractViolation] outside production, where the message is published
    def batch(&block)
      Batch.collect(signalbox_options, raising: false, &block)
    end

    # The same, but raises: what the block rescued of the contract's errors again at its end.
    #
    # @return [Array<String>]
    # @raise [UnknownChannel, UnknownEvent, ContractViolation, DeliveryError]
    def batch!(&block)
      Batch.collect(signalbox_options, raising: true, &block)
    end

    # A payload of an event that is always valid, for tests: from the contract, with what you change.
    #
    # @example
    #   Events::Room.message_posted(room_id: 1, **Events.example("room", :message_posted, body: "hi"))
    # @param channel [String, Symbol]
    # @param event [String, Symbol, nil] nil: the channel's only one
    # @param changes [Hash] fields that it has instead
    # @return [Hash{Symbol=>Object}, Object]
    # @raise [UnknownChannel, UnknownEvent, UnknownField, ContractViolation]
    def example(channel, event = nil, **changes)
      @signalbox_contract.event(channel, event).example(changes)
    end

    # How to publish, apart from what.
    #
    # @example
    #   Events.with(commit: :now).publish "thing", { user_id: 1, contents: "x" }
    # @param commit [Symbol] +:after+ the open transaction (the default) or +:now+
    # @param later [Boolean, Hash] by a job; a Hash sets its queue:, wait:, wait_until: or priority:
    # @return [Publishing]
    def with(**options)
      Publisher.new(@signalbox_contract, signalbox_options.merge(**options))
    end

    private

    def signalbox_options
      @signalbox_options || Options::DEFAULT
    end

    def signalbox_later_options
      signalbox_options.merge(later: signalbox_options.later || true)
    end

    def signalbox_call(channel, event, payload, fields, options = signalbox_options, raising:)
      event, payload = Call.unnamed(event, payload) unless Symbol === event || String === event
      event = @signalbox_contract.event(channel, event)
      parameters, payload = Call.sort(event, payload, fields)
    rescue ContractError => error
      Publication.refuse(error, raising: raising)
    else
      Publication.publish(event, parameters, payload, options, fields, raising: raising)
    end
  end

  # A contract with options: what +Events.with(…)+ returns.
  class Publisher
    include Publishing

    def initialize(contract, options)
      @signalbox_contract = contract
      @signalbox_options = options
    end
  end

  # What the generated module of a channel includes.
  module ChannelPublishing
    # How to publish, apart from what.
    #
    # @example
    #   Events::Room.with(commit: :now).message_posted(room_id: 1, body: "hi")
    # @param options [Hash] see {Publishing#with}
    # @return [ChannelPublisher] with the channel's methods
    def with(**options)
      scope = is_a?(::Module) ? self::Scope : self.class
      scope.new(signalbox_options.merge(**options))
    end

    private

    # For an event that the channel does not have: Ruby tells a name that is near, and this those that there are.
    def method_missing(name, ...)
      return super if respond_to?(name, true)

      scope = !is_a?(::Module)
      channel = scope ? self.class::CHANNEL : self::CHANNEL
      where = scope ? "#{self.class.name.delete_suffix("::Scope")}.with(...)" : self.name
      known = channel.events.each_value.map(&:publisher).join(", ")
      error = NoMethodError.new("undefined method '#{name}' for #{where}. Events of #{channel.name}: #{known}.", name, receiver: self)
      # It is the caller's line that is wrong, and that Ruby shows.
      error.set_backtrace(caller)
      raise error
    end

    def signalbox_options
      @signalbox_options || Options::DEFAULT
    end

    # @param keywords [Hash, nil] further fields, of an event that has some whose names cannot be keywords
    def signalbox_publish(event, parameters, payload, raising, keywords = nil)
      Publication.publish(event, parameters, payload, @signalbox_options || Options::DEFAULT, keywords, raising: raising)
    end
  end

  # One channel with options. Generated code gives it the channel's methods.
  class ChannelPublisher
    def initialize(options)
      @signalbox_options = options
    end
  end
end
