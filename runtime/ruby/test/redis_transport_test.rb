# frozen_string_literal: true

require_relative "support/runtime"
require_relative "support/redis_server"
require_relative "support/redis_clients"
require "connection_pool"

class RedisTransportTest < Minitest::Test
  include RuntimeTest

  SERVER = RedisServer.new
  Minitest.after_run { SERVER.remove }

  def use(client)
    Signalbox.configure { |c| c.redis = client }
  end

  def publish
    Events::Thing.updated!(user_id: 1, contents: "x")
  end

  CLIENTS = {
    "redis-rb" => -> { Redis.new(url: SERVER.url) },
    "redis-client" => -> { RedisClient.config(url: SERVER.url).new_client },
    "a pool of redis-client" => -> { RedisClient.config(url: SERVER.url).new_pool(size: 2) },
    "ConnectionPool of redis-rb" => -> { ConnectionPool.new(size: 2) { Redis.new(url: SERVER.url) } },
    "ConnectionPool of redis-client" => -> { ConnectionPool.new(size: 2) { RedisClient.config(url: SERVER.url).new_client } },
    "a lambda" => -> { client = RedisClient.config(url: SERVER.url).new_pool; ->(ch, text) { client.call("PUBLISH", ch, text) } }
  }.select { |name, _| REDIS_RB || !name.include?("redis-rb") }.freeze

  CLIENTS.each do |name, client|
    test = name.gsub(/\W+/, "_")

    define_method("test_#{test}_carries_the_exact_bytes") do
      use client.call
      id = nil
      received = SERVER.listen("thing", count: 1) { id = Events::Thing.updated!(user_id: 1, contents: "h\u00e9 \u{1F600}\u2028") }
      envelope = JSON.parse(received.first.last)

      assert_equal "thing", received.first.first
      assert_equal id, envelope.fetch("i")
      assert_equal "h\u00e9 \u{1F600}\u2028", envelope.fetch("d").fetch("contents")
    end

    define_method("test_#{test}_sends_a_batch_in_order") do
      use client.call
      received = SERVER.listen("thing", "room:1", count: 3) {
        Events.batch! {
          publish
          Events::Room.typing(room_id: 1, author: "Ada")
          publish
        }
      }
      assert_equal %w[thing room:1 thing], received.map(&:first)
    end
  end

  def test_receivers_are_counted
    use RedisClient.config(url: SERVER.url).new_pool
    messages = []
    SERVER.listen("thing", count: 1) { messages = Signalbox.transport.deliver([ thing_message ]) }

    assert_equal [ 1 ], messages
    assert_equal [ 0 ], Signalbox.transport.deliver([ thing_message ])
  end

  def test_threads_share_a_pool
    use RedisClient.config(url: SERVER.url).new_pool(size: 2, timeout: 5)
    received = SERVER.listen("thing", count: 80) {
      Array.new(8) { Thread.new { 10.times { publish } } }.each(&:join)
    }
    assert_equal 80, received.map { |_, text| JSON.parse(text).fetch("i") }.uniq.size
  end

  def test_first_publish_of_many_threads_makes_one_connection
    made = Queue.new
    Signalbox.configure { |c| c.redis = nil }
    with_constant_redis(RedisClient.config(url: SERVER.url).new_pool) do
      Array.new(8) { Thread.new { made << Signalbox.transport } }.each(&:join)
    end
    assert_equal 1, Array.new(8) { made.pop }.uniq.size
  end

  # As in a Puma cluster or Sidekiq with preloading: the parent has published before the fork.
  def test_fork
    CLIENTS.keys.grep(/redis/).each do |name|
      use CLIENTS.fetch(name).call
      received = SERVER.listen("thing", count: 4) {
        publish
        children = Array.new(2) { fork { exit!(publish ? 0 : 1) } }
        assert children.map { |pid| Process.wait2(pid).last.success? }.all?, name
        publish
      }
      assert_equal 4, received.map { |_, text| JSON.parse(text).fetch("i") }.uniq.size, name
    end
  end

  def test_nothing_is_loaded_or_connected_before_the_first_publish
    code = <<~RUBY
      require #{File.join(GENERATED, "signalbox/signalbox").inspect}
      require #{File.join(GENERATED, "app/events").inspect}
      Signalbox.configure { |c| c.prefix = "app:" }
      abort "loaded" if defined?(RedisClient) || defined?(Redis) || defined?(Net::HTTP)
      Events::Thing.updated!(user_id: 1, contents: "x") if ARGV == [ "publish" ]
    RUBY
    broker = TCPServer.new("127.0.0.1", 0)
    run = ->(*arguments) { system({ "REDIS_URL" => "redis://127.0.0.1:#{broker.addr[1]}" }, RbConfig.ruby, "-e", code, *arguments, err: File::NULL) }

    assert run.call
    assert_equal :wait_readable, broker.accept_nonblock(exception: false)
    refute run.call("publish")
    assert_kind_of TCPSocket, broker.accept_nonblock(exception: false)
  ensure
    broker&.close
  end

  def test_constant_redis
    use nil
    with_constant_redis(CLIENTS.fetch(REDIS_RB ? "redis-rb" : "redis-client").call) do
      assert_equal 1, SERVER.listen("thing", count: 1) { publish }.size
    end
  end

  def test_redis_url
    use nil
    with_redis_url(SERVER.url) do
      assert_equal 1, SERVER.listen("thing", count: 1) { publish }.size
    end
  end

  def test_prefix
    use RedisClient.config(url: SERVER.url).new_pool
    Signalbox.configure { |c| c.prefix = "app:" }
    assert_equal "app:thing", SERVER.listen("app:thing", count: 1) { publish }.first.first
  end

  def test_invalid_never_reaches_redis
    use RedisClient.config(url: SERVER.url).new_pool
    received = SERVER.listen("thing", count: 1) {
      assert_raises(Signalbox::ContractViolation) { Events::Thing.updated(user_id: "x", contents: "x") }
      publish
    }
    assert_equal 1, received.size
  end

  def test_server_that_is_away_and_comes_back
    server = RedisServer.new
    use nil
    with_redis_url(server.url) do
      publish
      server.stop
      error = assert_raises(Signalbox::DeliveryError) { publish }
      assert_kind_of RedisClient::ConnectionError, error.cause
      server.start
      received = server.listen("thing", count: 1) { publish }
      assert_equal 1, received.size
    end
  ensure
    server&.remove
  end

  def test_server_that_does_not_answer
    server = RedisServer.new
    use nil
    Signalbox.configure { |c| c.timeout = 1 }
    with_redis_url(server.url) do
      publish
      server.freeze
      error = assert_raises(Signalbox::DeliveryError) { publish }
      assert_kind_of RedisClient::TimeoutError, error.cause
    end
  ensure
    server&.thaw
    server&.remove
  end

  # Between client and server stands one that takes the command and cuts the connection instead of passing it on.
  def test_at_most_once
    cutter = Cutter.new(SERVER.port)
    [
      -> { RedisClient.config(port: cutter.port, reconnect_attempts: 3).new_pool },
      (-> { Redis.new(port: cutter.port, reconnect_attempts: 3) } if REDIS_RB)
    ].compact.each do |client|
      use client.call
      assert_raises(Signalbox::DeliveryError) { publish }
      assert_raises(Signalbox::DeliveryError) { Events.batch! { 2.times { publish } } }
    end
    redis_rb = REDIS_RB ? [ 1, Redis::VERSION.to_i < 5 ? 1 : 2 ] : []
    assert_equal [ 1, 2, *redis_rb ], cutter.taken
  ensure
    cutter&.close
  end

  # The same, but Redis had it: only the answer is lost.
  def test_message_whose_answer_is_lost_arrives_once
    [
      ->(port) { RedisClient.config(port: port, reconnect_attempts: 3).new_pool },
      (->(port) { Redis.new(port: port, reconnect_attempts: 3) } if REDIS_RB)
    ].compact.each do |client|
      cutter = Cutter.new(SERVER.port, passing: true)
      use client.call(cutter.port)
      SERVER.listen("thing", count: 1) { assert_raises(Signalbox::DeliveryError) { publish } }
    ensure
      cutter&.close
    end
  end

  # Counts the PUBLISH commands of each connection that it cuts.
  class Cutter
    # @param passing [Boolean] whether Redis gets them
    def initialize(target, passing: false)
      @target = target
      @passing = passing
      @taken = Queue.new
      @server = TCPServer.new("127.0.0.1", 0)
      @thread = Thread.new { loop { serve(@server.accept) } }
    end

    def port
      @server.addr[1]
    end

    def taken
      Array.new(@taken.size) { @taken.pop }
    end

    def close
      @thread.kill
      @server.close
    end

    private

    def serve(client)
      upstream = TCPSocket.new("127.0.0.1", @target)
      loop do
        text = client.readpartial(65_536)
        commands = text.scan(/publish/i).size
        upstream.write(text) if commands.zero? || @passing
        break @taken << commands if commands.positive?

        client.write(upstream.readpartial(65_536))
      end
    rescue EOFError
      # The client hung up.
    ensure
      client.close
      upstream.close
    end
  end

  private

  def thing_message
    Events::Thing::EVENT_UPDATED.message([], { "user_id" => 1, "contents" => "x" })
  end

  def with_constant_redis(client)
    Object.const_set(:REDIS, client)
    yield
  ensure
    Object.send(:remove_const, :REDIS)
  end

  def with_redis_url(url)
    ENV["REDIS_URL"] = url
    yield
  ensure
    ENV.delete("REDIS_URL")
  end
end
