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
      # One that is written as in the contract goes before one in snake_case.
      @spellings = [ *channels.map { |channel| [ Spelling.snake_case(channel.name), channel ] }, *@channels ]
                   .flat_map { |name, channel| [ [ name, channel ], [ name.to_sym, channel ] ] }.to_h.freeze
      freeze
    end

    # @param name [String, Symbol] as in the contract or in snake_case
    # @return [Channel]
    # @raise [UnknownChannel]
    def channel(name)
      @spellings[name] || @channels[name.to_s] || @spellings[Spelling.snake_case(name)] ||
        raise(UnknownChannel.new("no channel #{quoted(name)}#{channel_hint(name) || Spelling.hint(name.to_s, @channels.keys)}",
                                 channel: known(name)))
    end

    # @param channel_name [String, Symbol] as for {channel}
    # @param name [String, Symbol, nil] nil: the channel's only event
    # @return [Event]
    # @raise [UnknownChannel, UnknownEvent]
    def event(channel_name, name)
      # Mostly both are spelled as is usual: then there is nothing to look for.
      found = @spellings[channel_name]
      (found && found.spellings[name]) || find_event(channel(channel_name), name)
    end

    # @param name [String, Symbol]
    # @return [Array<Event>] those of that name, on whatever channels
    # @raise [UnknownEvent] no channel has one
    def events(name)
      found = @channels.each_value.filter_map { |channel| channel.find(name) }
      return found if found.any?

      names = @channels.each_value.flat_map { |channel| channel.events.keys }.uniq
      raise UnknownEvent.new("no channel has an event #{quoted(name)}#{Spelling.hint(name.to_s, names)}", event: known(name))
    end

    private

    def find_event(channel, name)
      return only_event(channel) if name.nil?

      channel.find(name) ||
        raise(UnknownEvent.new("channel #{channel.name.inspect} has no event #{quoted(name)}" \
                               "#{Spelling.hint(name.to_s, channel.events.keys)}", channel: channel.pattern, event: known(name)))
    end

    def only_event(channel)
      return channel.events.each_value.first if channel.events.one?

      raise UnknownEvent.new("channel #{channel.name.inspect} has #{channel.events.size} events: say which one. " \
                             "#{Spelling.hint("", channel.events.keys)}", channel: channel.pattern)
    end

    # Of what was given in a name's place only what can be one is shown: it may be a payload.
    def quoted(name)
      return "#{Module === name ? name : name.inspect}. " if Module === name || known(name)

      json = String === name && Wire::Issue.json?(name)
      "of that name (#{Wire::Issue.describe(name)}). #{"Give the Hash itself, not its to_json. " if json}"
    end

    # @return [String, nil] what an error report may have of it
    def known(name)
      name.to_s if (String === name || Symbol === name) && Wire::Issue.short?(name.to_s)
    end

    # For what is not a channel's name, but tells which one is meant: "room:1", "room:{roomId}", +Events::Room+.
    def channel_hint(name)
      text = Wire::Issue.readable(name.to_s)
      last = text[/[^:]*\z/] if Module === name
      channel = @channels.each_value.find { |each|
        last ? Spelling.snake_case(each.name) == Spelling.snake_case(last) : text.start_with?("#{each.name}:")
      }
      return if channel.nil?

      return "Its name is #{channel.name.inspect}." if channel.parameters.empty?

      "Its parameters are keywords: #{example(channel, text)}."
    end

    # A call with the channel's parameters, as far as the text has them.
    def example(channel, text)
      values = channel.match(text) || {}
      keywords = channel.parameters.map { |parameter|
        value = values[parameter.name]
        "#{parameter.keyword}: #{value && Wire::Issue.short?(value) ? value.inspect : "value"}"
      }
      [ channel.name.inspect, "...", *keywords ].join(", ")
    end
  end
end
