# frozen_string_literal: true

module Signalbox
  # One message on its way out: validated, encoded, with its id. Frozen.
  class Message
    # @return [String] concrete name of the channel, without prefix: +room:1+
    attr_reader :channel
    # @return [String] name of the event on the wire
    attr_reader :event
    # @return [Object] the payload as the wire has it
    attr_reader :payload
    # @return [String] unique
    attr_reader :id
    # @return [String] the envelope, JSON, UTF-8: exactly what the broker carries
    attr_reader :text

    # Positional, because keywords to +new+ cost every publish a Hash.
    def initialize(channel, event, payload, id, text)
      @channel = channel
      @event = event
      @payload = payload
      @id = id
      @text = text
      freeze
    end

    # @return [Integer]
    def bytes
      text.bytesize
    end

    # Without the payload, which may hold what no log should.
    def inspect
      "#<#{self.class} #{event} -> #{channel} #{id}>"
    end
  end
end
