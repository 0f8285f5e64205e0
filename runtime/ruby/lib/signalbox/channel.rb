# frozen_string_literal: true

module Signalbox
  # A channel of the contract, as generated code describes it.
  class Channel
    # @return [String] +room+
    attr_reader :name
    # @return [String] +room:{roomId}+
    attr_reader :pattern
    # @return [Array<Parameter>] in the order of the pattern
    attr_reader :parameters
    # @return [Hash{String=>Event}] by their names on the wire
    attr_reader :events
    # @return [Hash{String, Symbol=>Event}] by their names as they are usually written
    attr_reader :spellings

    # @param name [String]
    # @param pattern [String]
    # @param segments [Array<String, Parameter>] the pieces of the pattern
    def initialize(name:, pattern:, segments:)
      @name = name
      @pattern = pattern
      @segments = segments.freeze
      @parameters = segments.grep(Parameter).freeze
      @constant_name = segments.join.freeze if @parameters.empty?
      # Most patterns are a text and one parameter.
      @prefix, @parameter = segments if segments.size == 2 && segments.first.is_a?(String)
      @events = {}
      @spellings = {}
    end

    # Generated code adds its events while it is loaded.
    #
    # @return [Event]
    def event(name, **options)
      snake_case = Spelling.snake_case(name)
      @events[name] = @spellings[name] = @spellings[snake_case] = @spellings[snake_case.to_sym] = Event.new(channel: self, name: name, **options)
    end

    # @param name [String, Symbol] as in the contract or in snake_case
    # @return [Event, nil]
    def find(name)
      @spellings[name] || @events[name.to_s] || @spellings[Spelling.snake_case(name)]
    end

    # @param values [Array<Object>] of the parameters, in the pattern's order; {Wire::UNDEFINED} where one was not given
    # @param issues [Array<Wire::Issue>] what is wrong is added to it
    # @return [String, nil] +room:1+; nil where something is wrong
    def concrete_name(values, issues)
      return @constant_name if @constant_name

      if @prefix
        text = @parameter.text(values[0], issues)
        return text && @prefix + text
      end

      texts = @parameters.zip(values).to_h { |parameter, value| [ parameter, parameter.text(value, issues) ] }
      @segments.map { |segment| texts.fetch(segment, segment) }.join unless texts.value?(nil)
    end

    # @param name [String] a concrete name
    # @return [Hash{String=>String}, nil] the texts of its parameters; nil where it is of another channel
    def match(name)
      pieces = @segments.map { |segment| segment.is_a?(Parameter) ? "([A-Za-z0-9_.-]{1,128})" : Regexp.escape(segment) }
      found = /\A#{pieces.join}\z/.match(name)
      @parameters.map(&:name).zip(found.captures).to_h if found
    end
  end
end
