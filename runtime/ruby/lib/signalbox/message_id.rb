# frozen_string_literal: true

module Signalbox
  # Ids of messages: 32 hex digits, random. The system is asked for many at once, because each question costs more than
  # all else that an id takes.
  module MessageId
    # Random bytes of one id.
    BYTES = 16
    # Ids that one question gets.
    SUPPLY = 32
    # What one fiber has left, and the process that it is for: a fork must not use its parent's.
    Supply = Struct.new(:pid, :ids)
    KEY = :signalbox_message_ids
    private_constant :Supply, :KEY

    class << self
      # @return [String] unique
      def generate
        supply = Thread.current[KEY]
        supply = Thread.current[KEY] = Supply.new(Process.pid, random) unless supply && supply.pid == Process.pid
        supply.ids.pop || (supply.ids = random).pop
      end

      private

      # @return [Array<String>]
      def random
        bytes = Random.urandom(BYTES * SUPPLY)
        Array.new(SUPPLY) { |index| bytes.byteslice(index * BYTES, BYTES).unpack1("H*") }
      end
    end
  end
end
