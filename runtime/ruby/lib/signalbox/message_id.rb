# frozen_string_literal: true

module Signalbox
  # Ids of messages: 32 hex digits, random. The system is asked for many at once, because each question costs more than
  # all else that an id takes.
  module MessageId
    # Random bytes of one id.
    BYTES = 16
    # Ids that one question gets.
    SUPPLY = 32
    FORMAT = "H#{BYTES * 2}" * SUPPLY
    KEY = :signalbox_message_ids
    private_constant :FORMAT, :KEY

    class << self
      # A fiber's supply begins with the process that it is for: a fork must not use its parent's.
      #
      # @return [String] unique
      def generate
        supply = Thread.current[KEY]
        supply = Thread.current[KEY] = [ Process.pid, *random ] unless supply && supply.size > 1 && supply[0] == Process.pid
        supply.pop
      end

      private

      # @return [Array<String>]
      def random
        Random.urandom(BYTES * SUPPLY).unpack(FORMAT)
      end
    end
  end
end
