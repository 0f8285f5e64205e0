# frozen_string_literal: true

require_relative "support/runtime"

class MessageIdTest < Minitest::Test
  def test_ids_are_hex_and_never_the_same_in_threads_and_forks
    parents = Array.new(40) { Signalbox::MessageId.generate }
    threads = Array.new(4) { Thread.new { Array.new(100) { Signalbox::MessageId.generate } } }.flat_map(&:value)
    children = Array.new(2) { forked { Array.new(40) { Signalbox::MessageId.generate } } }.flatten

    ids = parents + threads + children + Array.new(40) { Signalbox::MessageId.generate }
    assert_equal 560, ids.uniq.size
    ids.each { |id| assert_match(/\A[0-9a-f]{32}\z/, id) }
  end

  private

  def forked
    reader, writer = IO.pipe
    process = fork do
      writer.write(yield.join(" "))
      writer.close
      exit!(0)
    end
    writer.close
    Process.wait(process)
    reader.read.split
  end
end
