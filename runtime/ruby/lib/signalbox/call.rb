# frozen_string_literal: true

module Signalbox
  # The arguments of +Events.publish+, sorted: which are the channel's parameters, and which the payload.
  class Call
    # In the place of an argument that was not given.
    NONE = Wire::UNDEFINED

    class << self
      # @param payload [Object] what stands where an event's name may stand
      # @param more [Object] what stands behind it
      # @return [Array(nil, Object)] no name, and the payload
      # @raise [ArgumentError]
      def unnamed(payload, more)
        return [ nil, payload ] if NONE.equal?(more)

        raise ArgumentError, "publish takes a channel, an event and a payload"
      end

      # Most calls have the channel's one parameter as its keyword and nowhere else: then there is little to do.
      #
      # @param event [Event]
      # @param payload [Object] {NONE} where the keywords are all
      # @param fields [Hash] keywords: parameters, and fields of the payload; it is taken from
      # @return [Array(Array<Object>, Object)] the parameters as {Event#message} takes them, and the payload
      # @raise [ArgumentError]
      def sort(event, payload, fields)
        parameter = event.parameter
        if parameter && fields.key?(parameter.keyword)
          alone = NONE.equal?(payload)
          elsewhere =
            if alone then parameter.in_another_spelling?(fields)
            else fields.size > 1 || !payload.instance_of?(Hash) || parameter.in?(payload)
            end
          return [ [ fields.delete(parameter.keyword) ], alone ? fields : payload ] unless elsewhere
        end
        new(event, fields).sort(payload)
      end
    end

    # @param event [Event]
    # @param fields [Hash] keywords
    def initialize(event, fields)
      @event = event
      @channel = event.channel
      @fields = fields
      @parameters = {}
    end

    # Keywords go first: what the payload says beside them must be the same.
    #
    # @return [Array(Array<Object>, Object)]
    def sort(payload)
      alone = NONE.equal?(payload)
      @channel.parameters.each { |parameter| take_keyword(parameter, alone) }
      payload = alone ? @fields : rest(payload)
      [ @channel.parameters.map { |parameter| @parameters.fetch(parameter.name, NONE) }, payload ]
    end

    private

    # The payload with the keywords that are left, and without parameters.
    def rest(payload)
      return payload if @fields.empty? && @channel.parameters.empty?

      payload = @event.members(payload) if Wire.named_values?(payload) || @event.shared.any?
      return sort_hash(payload) if payload.is_a?(Hash)
      return payload if @fields.empty? || payload.is_a?(Wire::Refused)

      raise ArgumentError, "#{@fields.keys.join(", ")}: fields can be added to a Hash only, not to #{Wire::Issue.kind(payload)}"
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
