# frozen_string_literal: true

require "socket"
require "tmpdir"

# A real redis-server on a port of its own, which tests may stop and start again.
class RedisServer
  attr_reader :port

  # @param sentinel [String, nil] configuration of a Sentinel, which this is then
  # @param settings [Hash] of redis-server, by name: +requirepass: "x"+
  def initialize(sentinel: nil, **settings)
    @port = RedisServer.free_port
    @folder = Dir.mktmpdir("signalbox-redis")
    @settings = settings
    @arguments = []
    if sentinel
      File.write(File.join(@folder, "sentinel.conf"), sentinel)
      @arguments = [ File.join(@folder, "sentinel.conf"), "--sentinel" ]
    end
    start
  end

  def self.free_port
    TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] }
  end

  def url(password: nil)
    "redis://#{":#{password}@" if password}127.0.0.1:#{port}/0"
  end

  def start
    settings = { port: port, bind: "127.0.0.1", dir: @folder, **@settings }
    settings = { save: "", appendonly: "no", **settings } if @arguments.empty?
    options = settings.flat_map { |name, value| [ "--#{name.to_s.tr("_", "-")}", value.to_s ] }
    @pid = Process.spawn("redis-server", *@arguments, *options, out: File::NULL)
    wait_until { listening? }
  end

  def stop
    Process.kill("KILL", @pid)
    Process.wait(@pid)
    wait_until { !listening? }
  end

  # Stops answering, with all connections left open.
  def freeze
    Process.kill("STOP", @pid)
  end

  def thaw
    Process.kill("CONT", @pid)
  end

  def remove
    stop
    FileUtils.remove_entry(@folder)
  end

  # What arrives on these channels while the block runs, as [channel, text].
  def listen(*channels, count:, config: { url: url })
    received = Queue.new
    client = RedisClient.config(timeout: 5, **config).new_client.pubsub
    client.call("SUBSCRIBE", *channels)
    channels.size.times { client.next_event(5) }
    yield
    count.times { received << client.next_event(30).last(2) }
    extra = client.next_event(0.05)
    raise "more arrived than was expected: #{extra.inspect}" if extra

    Array.new(count) { received.pop }
  ensure
    client&.close
  end

  # All texts that arrive on this channel while the block runs, however many.
  def record(channel)
    listener = RedisClient.config(url: url, timeout: 5).new_client.pubsub
    listener.call("SUBSCRIBE", channel)
    listener.next_event(5)
    yield
    RedisClient.config(url: url).new_client.call("PUBLISH", channel, "end")
    texts = []
    texts << listener.next_event(30).last until texts.last == "end"
    texts[0...-1]
  ensure
    listener&.close
  end

  private

  def listening?
    TCPSocket.new("127.0.0.1", port).close
    true
  rescue Errno::ECONNREFUSED
    false
  end

  def wait_until
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + 10
    until yield
      raise "redis-server on #{port} does not do what it should" if Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline

      sleep 0.01
    end
  end
end
