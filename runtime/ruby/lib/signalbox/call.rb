# frozen_string_literal: true

module Signalbox
  # The arguments of +Events.publish+, sorted: which event, the channel's parameters, the payload.
  class Call
    # @return [Event]
    attr_reader :event
    # @return [Hash{String=>Object}]
    attr_reader :parameters
    # @return [Object]
    attr_reader :payload

    # @param contract [Contract]
    # @param channel [String, Symbol]
    # @param arguments [Array] an event's name, a payload, both or none
    # @param fields [Hash] keywords: parameters, and fields of the payload; the call keeps it and takes from it
    # @raise [UnknownChannel, UnknownEvent, ArgumentError]
    def initialize(contract, channel, arguments, fields)
      first = arguments[0]
      name, payload = String === first || Symbol === first ? arguments : [ nil, first ]
      taken = name.nil? ? 1 : 2
      raise ArgumentError, "publish takes a channel, an event and a payload" if arguments.size > taken

      payload = Wire::UNDEFINED if arguments.size < taken
      @channel = contract.channel(channel)
      @event = contract.event(@channel, name)
      @fields = fields
      @parameters = {}
      @payload = sort(payload)
    end

    private

    # Keywords go first: a payload that is an object of its own keeps what it has.
    def sort(payload)
      @channel.parameters.each { |parameter| take(parameter, @fields) }
      return @fields if Wire::UNDEFINED.equal?(payload)
      return sort_hash(payload) if payload.is_a?(Hash)
      return payload if @fields.empty?

      raise ArgumentError, "#{@fields.keys.join(", ")}: fields can be added to a Hash only, not to a #{payload.class}"
    end

    def sort_hash(payload)
      return payload if @fields.empty? && @parameters.size == @channel.parameters.size

      missing = @channel.parameters.reject { |parameter| @parameters.key?(parameter.name) }
      return payload if missing.empty? && @fields.empty?

      payload = payload.merge(@fields)
      missing.each { |parameter| take(parameter, payload) }
      payload
    end

    def take(parameter, source)
      name = parameter.name
      key = parameter.keyword
      key = parameter.spellings.find { |spelling| source.key?(spelling) } or return unless source.key?(key)

      @parameters[name] = @event.shared.include?(name) ? source[key] : source.delete(key)
    end
  end
end
