# frozen_string_literal: true

module Signalbox
  # Ids of messages: 32 hex digits, random. The system is asked for many at once, because each question costs more than
  # all else that an id takes.
  module MessageId
    # Random bytes of one id.
    BYTES = 16
    # Ids that one question gets.
    SUPPLY = 32
    KEY = :signalbox_message_ids
    private_constant :KEY

    class << self
      # @return [String] unique
      def generate
        supply = Thread.current[KEY]
        supply = Thread.current[KEY] = Supply.new unless supply&.left?
        supply.take
      end
    end

    # What one fiber has left. A process that was forked must not use its parent's.
    class Supply
      def initialize
        @pid = Process.pid
        @bytes = Random.urandom(BYTES * SUPPLY)
        @offset = 0
      end

      def left?
        @offset < @bytes.bytesize && @pid == Process.pid
      end

      def take
        id = @bytes.byteslice(@offset, BYTES).unpack1("H*")
        @offset += BYTES
        id
      end
    end
    private_constant :Supply
  end
end
