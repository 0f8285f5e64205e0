# frozen_string_literal: true

require "json"

module Signalbox
  # An event of the contract, as generated code describes it, and how a message is made of it.
  class Event
    # Version of the envelope.
    ENVELOPE = 1

    # @return [Channel]
    attr_reader :channel
    # @return [String] its name on the wire: +messagePosted+
    attr_reader :name
    # @return [Symbol] the method that publishes it: +:message_posted+
    attr_reader :publisher
    # @return [String] 12 hex digits
    attr_reader :fingerprint
    # @return [#cast, #coerce, #parse] the generated module of its payload
    attr_reader :type
    # @return [Array<String>, nil] fields that the payload declares; nil where it is not an object
    attr_reader :fields
    # @return [Array<String>] parameters that are fields of the payload as well
    attr_reader :shared
    # @return [Parameter, nil] the channel's, where it has one only, which is no field of the payload
    attr_reader :parameter

    # @param example [String, nil] JSON of a payload; nil where codegen found none
    def initialize(channel:, name:, publisher:, fingerprint:, type:, fields: nil, example: nil, shared: [])
      @channel = channel
      @name = name
      @publisher = publisher
      @fingerprint = fingerprint
      @type = type
      @fields = fields&.freeze
      @example = example
      @shared = shared
      @parameter = channel.parameters.first if channel.parameters.one? && shared.empty?
      @head = "{\"sb\":#{ENVELOPE},\"e\":#{JSON.generate(name)},\"d\":".freeze
      @tail = ",\"f\":\"#{fingerprint}\"}".freeze
      freeze
    end

    # Validates and encodes.
    #
    # @param parameters [Array<Object>] of the channel, in the pattern's order; {Wire::UNDEFINED} where one was not given
    # @param payload [Object]
    # @param keywords [Hash, nil] what of the payload the caller wrote as keywords, of which the event must know each
    # @return [Message]
    # @raise [ContractViolation] with everything that is wrong
    def message(parameters, payload, keywords = nil)
      issues = []
      concrete = @channel.concrete_name(parameters, issues)
      data = @type.cast(payload)
      # What could not be cast in one pass may be valid in other spellings; if not, this says why.
      data = check(given(payload, parameters), keywords, issues) if data.nil?
      raise violation(issues) unless issues.empty?

      id = MessageId.generate
      Message.new(concrete, @name, data, id, encode(data, id))
    end

    # A payload that is valid, for tests.
    #
    # @param changes [Hash] fields that it has instead, in snake_case
    # @return [Hash{Symbol=>Object}, Object] keys are the keywords of the event's method
    # @raise [Error] codegen found none
    # @raise [UnknownField] a change is of none that the event has
    # @raise [ContractViolation] it is not valid with these changes
    def example(changes)
      raise Error, "codegen found no example of #{name}: give the payload yourself" if @example.nil?

      Testing::FieldNames.check([ self ], changes)
      payload = JSON.parse(@example)
      payload = payload.to_h { |key, value| [ Spelling.snake_case(key).to_sym, value ] }.merge(changes) if payload.is_a?(Hash)
      issues = []
      type.parse(type.coerce(payload), issues)
      issues.empty? ? payload : raise(violation(issues))
    end

    # What a payload shows of its members.
    #
    # @return [Hash, Object] the payload itself where it has none
    def members(payload)
      record?(payload) ? RecordFields.pick(payload, fields) : Wire.members(payload)
    end

    # What a record shows of itself: its fields, and in the place of those that the contract wants and the record does not
    # have, what says so. Parameters of the channel are not looked for.
    #
    # @param record [ActiveRecord::Base]
    # @param besides [Hash] what is given with it
    # @return [Hash{String=>Object}]
    def shown(record, besides = {})
      picked = RecordFields.pick(record, fields)
      lacking = fields - picked.keys - @shared
      return picked if lacking.empty?

      given = besides.keys.map { |name| Spelling.snake_case(name) }
      (lacking & required).each do |field|
        picked[field] = RecordFields.refusal(record, field) unless given.include?(Spelling.snake_case(field))
      end
      picked
    end

    private

    # @return [Array<String>] fields that must not stay away
    def required
      issues = []
      @type.parse({}, issues)
      issues.select { |issue| issue.missing? && issue.path.one? }.map { |issue| issue.path.first }
    end

    # Whether it shows the fields that the contract declares, of which an event may have none.
    def record?(payload)
      !fields.nil? && RecordFields.of?(payload)
    end

    # A Hash without the keywords that were not given, of which no other Hash knows, and with shared parameters as the
    # fields that they are.
    def given(payload, parameters)
      return record?(payload) ? shown(payload) : payload unless payload.instance_of?(Hash)

      payload = payload.reject { |_, value| Wire::UNDEFINED.equal?(value) }
      @channel.parameters.zip(parameters) do |parameter, value|
        key = parameter.keyword
        payload[key] = parameter.wire(value) if @shared.include?(parameter.name) && payload.key?(key) && payload[key].equal?(value)
      end
      payload
    end

    # @return [Object] as the wire has it
    # @raise [ContractViolation]
    def check(payload, keywords, issues)
      coerced = @type.coerce(payload)
      data = @type.parse(coerced, issues)
      refuse_unknown(keywords, payload, coerced, issues) if keywords && issues.empty?
      raise violation(issues, Misnamed.paths(payload, coerced, issues, fields)) unless issues.empty?

      warn_of_misspelt(payload, coerced) if Environment.local?
      data
    end

    # A field that may stay away is not missed where it is misspelt.
    def warn_of_misspelt(payload, coerced)
      return if fields.nil? || !Wire.named_values?(payload)

      hints = Misnamed.hints(Wire.members(payload), coerced, fields)
      Report.warn("#{@channel.pattern} #{name}: #{hints.join(" ")}") if hints.any?
    end

    # A payload may have more than its fields, which is left out, as zod does. A keyword was written for this event.
    def refuse_unknown(keywords, payload, coerced, issues)
      return unless coerced.is_a?(Hash) && payload.is_a?(Hash) && coerced.size < payload.size

      known = Misnamed.known(coerced)
      keywords.each do |key, value|
        name = Wire::Issue.readable(key.to_s)
        Wire.refuse(issues, value, "unrecognized_keys", "no field of this event. #{meant(name)}", [ name ]) unless known.include?(name)
      end
    end

    def meant(name)
      Options::NAMES.include?(name) ? "An option goes into with(#{name}: ...)." : Spelling.hint(name, fields || [])
    end

    # @return [ContractViolation]
    def violation(issues, misnamed = [])
      ContractViolation.new(channel: channel.pattern, event: name, issues: issues, misnamed: misnamed)
    end

    # What does not change of the envelope was encoded once; +data+ may nest as deep as JSON.generate lets it, 100 levels.
    def encode(data, id)
      now = Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond)
      text = "#{@head}#{JSON.generate(data)},\"i\":\"#{id}\",\"t\":#{now}#{@tail}"
      limit = Signalbox.configuration.max_bytes
      return text.freeze if text.bytesize <= limit

      message = "the message has #{text.bytesize} bytes, more than max_bytes (#{limit})"
      raise violation([ Wire::Issue.new("too_big", message, data, nil) ])
    rescue JSON::NestingError
      message = "Too deep: more than #{Wire::MAX_DEPTH} levels of arrays and objects"
      raise violation([ Wire::Issue.new("too_deep", message, data, nil) ]), cause: nil
    end
  end
end
