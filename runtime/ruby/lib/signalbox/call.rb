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
      @event = (name && @channel.find(name)) || contract.event(@channel, name)
      @fields = fields
      @parameters = {}
      @payload = sort(payload)
    end

    private

    # Keywords go first: what the payload says beside them must be the same.
    def sort(payload)
      alone = Wire::UNDEFINED.equal?(payload)
      @channel.parameters.each do |parameter|
        # Mostly it is there as its keyword, and only so.
        if @event.shared.empty? && @fields.key?(parameter.keyword) && !parameter.in_another_spelling?(@fields)
          @parameters[parameter.name] = @fields.delete(parameter.keyword)
        else
          take_keyword(parameter, alone)
        end
      end
      return @fields if alone
      return payload if @fields.empty? && (@channel.parameters.empty? || (payload.instance_of?(Hash) && apart?(payload)))

      payload = Wire.members(payload) if Wire.named_values?(payload)
      return sort_hash(payload) if payload.is_a?(Hash)
      return payload if @fields.empty? || payload.is_a?(Wire::Refused)

      raise ArgumentError, "#{@fields.keys.join(", ")}: fields can be added to a Hash only, not to #{Wire::Issue.kind(payload)}"
    end

    # Whether the keywords had all parameters, and the payload has none of them.
    def apart?(payload)
      parameters = @channel.parameters
      parameters.size == @parameters.size && @event.shared.empty? && parameters.none? { |parameter| parameter.in?(payload) }
    end

    def take_keyword(parameter, alone)
      keys = parameter.keys_in(@fields)
      return if keys.empty?

      value = keys.one? ? @fields[keys.first] : parameter.spelled_twice(keys, @fields[keys.first])
      @parameters[parameter.name] = value
      keys.each { |key| @fields.delete(key) } unless alone && shared?(parameter)
    end

    def sort_hash(payload)
      payload = payload.merge(@fields) { |key, given, keyword| same_field(key, given, keyword) } unless @fields.empty?
      @channel.parameters.reduce(payload) { |rest, parameter| take_from(parameter, rest) }
    end

    # @return [Hash] the payload without the parameter, or where the parameter is a field as well, with it
    def take_from(parameter, payload)
      name = parameter.name
      given = @parameters.key?(name)
      keys = parameter.keys_in(payload)
      return given && shared?(parameter) ? payload.merge(parameter.keyword => @parameters[name]) : payload if keys.empty?
      # Of a payload that declares no fields every key is data.
      return payload if given && @event.fields.nil?

      @parameters[name] = the_one(parameter, keys, payload)
      return payload if shared?(parameter)

      payload = payload.dup
      keys.each { |key| payload.delete(key) }
      payload
    end

    # @return [Object] what the payload and the keyword, if there is one, have for a parameter
    def the_one(parameter, keys, payload)
      value = payload[keys.first]
      return parameter.spelled_twice(keys, value) if keys.size > 1

      keyword = @parameters.fetch(parameter.name) { return value }
      parameter.same?(keyword, value) ? keyword : parameter.contradiction(keyword, keys.first, value)
    end

    def same_field(key, given, keyword)
      return given if given == keyword

      Wire::Refused.new("Invalid input: given twice, as the keyword #{key}: and in the payload, and not the same", keyword)
    end

    def shared?(parameter)
      @event.shared.include?(parameter.name)
    end
  end
end
