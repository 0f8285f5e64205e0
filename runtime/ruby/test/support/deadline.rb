# frozen_string_literal: true

require "timeout"

# For what must not hang: fails where a block takes longer than any time limit that is configured in it.
module Deadline
  # No StandardError, which the code under test would take for one of its own.
  class Missed < Exception
  end

  def self.of(seconds, &block)
    Timeout.timeout(seconds, Missed, &block)
  end
end
