# frozen_string_literal: true

require_relative "support/runtime"
require_relative "support/deadline"
require_relative "support/redis_server"
require_relative "support/redis_clients"
require "connection_pool"

# Connections that nobody used for a while, which servers and proxies close.
class RedisIdleTest < Minitest::Test
  include RuntimeTest

  SERVER = RedisServer.new
  Minitest.after_run { SERVER.remove }

  CLIENTS = {
    "redis-rb" => -> { Redis.new(url: SERVER.url, timeout: 10) },
    "redis-rb that tries nothing again" => -> { Redis.new(url: SERVER.url, timeout: 10, reconnect_attempts: 0) },
    "redis-client" => -> { config.new_client },
    "a pool of redis-client" => -> { config.new_pool(size: 2) },
    "ConnectionPool of redis-rb" => -> { ConnectionPool.new(size: 2) { Redis.new(url: SERVER.url, timeout: 10) } },
    "ConnectionPool of redis-client" => -> { ConnectionPool.new(size: 2) { config.new_client } }
  }.select { |name, _| REDIS_RB || !name.include?("redis-rb") }.freeze

  def self.config
    RedisClient.config(url: SERVER.url, timeout: 10, reconnect_attempts: 0)
  end

  CLIENTS.each do |name, client|
    test = name.gsub(/\W+/, "_")

    define_method("test_#{test}_loses_nothing_where_the_server_has_closed_it") do
      use client.call, idle: 0
      received = SERVER.listen("thing", count: 5) {
        publish
        close_all
        publish
        close_all
        Events.batch! { 2.times { publish } }
        publish
      }
      assert_equal 5, received.map { |_, text| JSON.parse(text).fetch("i") }.uniq.size
    end
  end

  # Nothing is sent to one that does not answer: it would be read later, when the caller was told that it failed.
  def test_a_server_that_does_not_answer
    server = RedisServer.new
    client = REDIS_RB ? Redis.new(url: server.url, timeout: 0.2) : RedisClient.config(url: server.url, timeout: 0.2).new_pool
    use client, idle: 0
    received = server.record("thing") {
      publish
      server.freeze
      error = assert_raises(Signalbox::DeliveryError) { publish }
      assert_match(/TimeoutError/, error.cause.class.name)
      server.thaw
    }
    assert_equal 1, received.size
  ensure
    server&.thaw
    server&.remove
  end

  def test_a_user_that_may_not_ping
    admin = self.class.config.new_client
    admin.call("ACL", "SETUSER", "speaker", "on", ">word", "resetchannels", "&*", "-@all", "+publish", "+hello", "+client", "+auth", "+select")
    use RedisClient.config(url: "redis://speaker:word@127.0.0.1:#{SERVER.port}", timeout: 10).new_client, idle: 0
    assert_equal 2, SERVER.listen("thing", count: 2) { 2.times { publish } }.size
  end

  def test_busy_connections_are_not_asked
    client = self.class.config.new_client
    client.call("CONFIG", "RESETSTAT")
    use client, idle: 1_000_000
    2.times { publish }
    refute_includes client.call("INFO", "commandstats"), "cmdstat_ping:calls"
  end

  private

  # @param idle [Integer] milliseconds; with 0 each connection that was used before counts as idle
  def use(client, idle:)
    Signalbox.configure { |c| c.transport = Signalbox::Transports::Redis.new(client, "", idle: idle) }
  end

  def publish
    Deadline.of(20) { Events::Thing.updated!(user_id: 1, contents: "x") }
  end

  def close_all
    self.class.config.new_client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
  end
end
