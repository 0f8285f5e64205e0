# frozen_string_literal: true

module Signalbox
  # A parameter of a channel's pattern: what may stand in its place, and how it is written.
  class Parameter
    # The only texts that may stand in a concrete name, on every side of the line.
    CANONICAL = /\A[A-Za-z0-9_.-]{1,128}\z/
    # An integer has one spelling: no leading zero, plus sign or exponent.
    CANONICAL_INTEGER = /\A(?:0|-?[1-9][0-9]{0,15})\z/

    # @return [String] as in the pattern: +roomId+
    attr_reader :name
    # @return [Symbol] its keyword: +:room_id+
    attr_reader :keyword
    # @return [Array<Symbol, String>] keys under which a Hash may have it
    attr_reader :spellings

    # @param name [String]
    # @param keyword [Symbol]
    # @param integer [Boolean] whether its text is an integer
    # @param type [#cast, #parse] its schema
    def initialize(name:, keyword:, integer:, type:)
      @name = name
      @keyword = keyword
      @spellings = [ keyword, keyword.to_s, name, name.to_sym ].uniq.freeze
      @text = keyword.to_s.freeze
      @other = name.to_sym if name != @text
      @integer = integer
      @type = type
      freeze
    end

    # @param value [Integer, String, Symbol, #to_param] a record gives its +to_param+
    # @param issues [Array<Wire::Issue>] what is wrong is added to it
    # @return [String, nil] the text; nil where something is wrong
    def text(value, issues)
      # Mostly it is an Integer that the schema takes: then its digits are its text.
      return value.to_s if @integer && Integer === value && @type.cast(value)

      text = spell(value)
      return refuse(issues, value, "invalid_type", expectation(value)) if text.nil?
      return refuse(issues, value, "invalid_format", "expected 1 to 128 letters, digits, _ . or -") unless CANONICAL.match?(text)

      wire = @integer ? integer(text) : text
      return not_an_integer(issues, value, text) if wire.nil?

      accepted(wire, text, issues)
    end

    # @param value [Object] as for {text}
    # @return [Integer, String, Object] what its text says; the value itself where it has none
    def wire(value)
      text = spell(value)
      return value if text.nil?

      @integer ? integer(text) || value : text
    end

    # Without a block, because each publish by names asks.
    #
    # @param source [Hash]
    # @return [Boolean] whether the Hash has it, under whatever key
    def in?(source)
      source.key?(@keyword) || in_another_spelling?(source)
    end

    # @param source [Hash]
    # @return [Boolean] whether the Hash has it under a key that is not the keyword
    def in_another_spelling?(source)
      source.key?(@text) || (!@other.nil? && (source.key?(@other) || source.key?(@name)))
    end

    # @param source [Hash]
    # @return [Array<Symbol, String>] the keys under which the Hash has it
    def keys_in(source)
      keys = @spellings.select { |spelling| source.key?(spelling) }
      # A Hash may answer to a Symbol and a String by one key.
      keys.size > 1 ? source.keys & [ *keys, *keys.map(&:to_s) ] : keys
    end

    # @return [Boolean] whether two values are the same text in a name
    def same?(one, other)
      return true if one == other

      text = text(one, [])
      !text.nil? && text == text(other, [])
    end

    # @return [Wire::Refused] for a parameter that was given under two keys
    def spelled_twice(keys, value)
      Wire::Refused.new("Invalid parameter: one parameter in two spellings: #{keys.map(&:inspect).join(" and ")}", value)
    end

    # @return [Wire::Refused] for a keyword and a payload that do not say the same
    def contradiction(keyword_value, key, value)
      shown, payload = [ keyword_value, value ].map { |each| Wire::Issue.show(each, [ name ]) }
      message = "given twice, and not the same: keyword #{keyword}: is #{shown}, #{key.inspect} of the payload is #{payload}"
      Wire::Refused.new("Invalid parameter: #{message}", keyword_value)
    end

    private

    # @return [String, nil] the text, where the schema takes the value
    def accepted(wire, text, issues)
      before = issues.size
      @type.parse(wire, issues)
      return text if issues.size == before

      issues.concat(issues.slice!(before..).map { |issue| issue.under(name) })
      nil
    end

    def spell(value)
      case value
      when String then value if value.valid_encoding? && value.encoding.ascii_compatible?
      when Integer, Symbol then value.to_s
      when nil, true, false, Numeric, Array, Hash, Wire::Refused, Wire::UNDEFINED then nil
      else value.to_param&.to_s if value.respond_to?(:to_param)
      end
    end

    # What {spell} could not write.
    def expectation(value)
      return "it is missing; give #{keyword}: an Integer, a String or a record" if Wire::UNDEFINED.equal?(value)

      record = !value.nil? && value.respond_to?(:to_param) && value.to_param.nil?
      record ? "its to_param is nil: is it saved?" : "expected an Integer, a String or a record"
    end

    def integer(text)
      text.to_i if CANONICAL_INTEGER.match?(text)
    end

    # Digits that are more than JavaScript's integers have are told in zod's words.
    def not_an_integer(issues, value, text)
      unless text.match?(/\A-?[1-9][0-9]{16,}\z/)
        return refuse(issues, value, "invalid_type", "expected an Integer, or its digits as they are usually written")
      end

      Wire.under(issues, name) { Wire.unsafe_integer(issues, text.to_i) }
      nil
    end

    def refuse(issues, value, code, message)
      Wire.refuse(issues, value, code, "Invalid parameter: #{message}", [ name ])
      nil
    end
  end
end
