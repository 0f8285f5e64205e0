# frozen_string_literal: true

module Signalbox
  # All channels of a generated module, by their names. Frozen, without state.
  class Contract
    # @return [String] 12 hex digits
    attr_reader :fingerprint
    # @return [Hash{String=>Channel}]
    attr_reader :channels

    # @param fingerprint [String]
    # @param channels [Array<Channel>]
    def initialize(fingerprint:, channels:)
      @fingerprint = fingerprint
      @channels = channels.to_h { |channel| [ channel.name, channel ] }.freeze
      @spellings = channels.to_h { |channel| [ Spelling.snake_case(channel.name), channel ] }.freeze
      freeze
    end

    # @param name [String, Symbol] as in the contract or in snake_case
    # @return [Channel]
    # @raise [UnknownChannel]
    def channel(name)
      @channels[name] || @spellings[name] || @channels[name.to_s] || @spellings[Spelling.snake_case(name)] ||
        raise(UnknownChannel.new("no channel #{excerpt(name)}. " \
                                 "#{parameter_hint(name.to_s) || Spelling.hint(name, @channels.keys)}", channel: known(name)))
    end

    # @param channel [Channel]
    # @param name [String, Symbol, nil] nil: the channel's only event
    # @return [Event]
    # @raise [UnknownEvent]
    def event(channel, name)
      return only_event(channel) if name.nil?

      channel.find(name) ||
        raise(UnknownEvent.new("channel #{channel.name.inspect} has no event #{excerpt(name)}. " \
                               "#{text_hint(name)}#{Spelling.hint(name, channel.events.keys)}",
                               channel: channel.pattern, event: known(name)))
    end

    private

    def only_event(channel)
      return channel.events.each_value.first if channel.events.one?

      raise UnknownEvent.new("channel #{channel.name.inspect} has #{channel.events.size} events: say which one. " \
                             "#{Spelling.hint("", channel.events.keys)}", channel: channel.pattern)
    end

    # For +"room:1"+: the name is of one channel of a pattern.
    def parameter_hint(text)
      channel = @channels.each_value.find { |candidate| candidate.match(text) }
      return if channel.nil? || channel.parameters.empty?

      keywords = channel.match(text).map { |name, value| "#{Spelling.snake_case(name)}: #{value.inspect}" }
      "Its parameters are keywords: #{channel.name.inspect}, ..., #{keywords.join(", ")}."
    end

    # The name may be a payload that was given in its place, which no log should have.
    def excerpt(name)
      return "(a #{name.class})" unless name.is_a?(String) || name.is_a?(Symbol)
      return "of that name" if json_text?(name)

      name.length > 40 ? "#{name.to_s[0, 40].inspect}..." : name.inspect
    end

    # @return [String, nil] what an error report may have of it
    def known(name)
      name.to_s if (name.is_a?(String) || name.is_a?(Symbol)) && !json_text?(name) && name.length <= 40
    end

    def text_hint(name)
      json_text?(name) ? "It looks like JSON text: give the Hash itself, it is encoded here. " : ""
    end

    def json_text?(name)
      name.to_s.match?(/\A\s*[{\[]/)
    end
  end
end
