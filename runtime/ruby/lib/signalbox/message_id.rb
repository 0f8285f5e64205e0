# frozen_string_literal: true

module Signalbox
  # Ids of messages: 32 hex digits. Random, so that no two are the same; whoever knows many can foretell the next.
  module MessageId
    # Random bytes of one id.
    BYTES = 16

    class << self
      # @return [String] unique
      def generate
        @random.bytes(BYTES).unpack1("H*")
      end

      private

      # Not Ruby's own generator, which a test's +srand+ makes say the same in each run, and not the parent's after a fork.
      def seed
        @random = Random.new
      end
    end

    seed
    Fork.after { seed }
  end
end
