# frozen_string_literal: true

require_relative "support/runtime"
require_relative "support/deadline"
require_relative "support/redis_clients"
require_relative "support/redis_server"
require "connection_pool"

# One client for everything that the application's threads do: they publish, and ask Redis for things of their own.
class RedisThreadsTest < Minitest::Test
  include RuntimeTest

  SERVER = RedisServer.new
  Minitest.after_run { SERVER.remove }

  # Threads of each kind, and what each of them does.
  THREADS = 3
  ROUNDS = 1000
  # After how many commands of all threads their connections are cut.
  CUT_EVERY = 3

  # Each with what the application does with it.
  CLIENTS = {
    "redis-rb" => [ -> { Redis.new(url: SERVER.url) }, ->(redis) { redis.get("key") } ],
    "ConnectionPool of redis-rb" => [
      -> { ConnectionPool.new(size: 2) { Redis.new(url: SERVER.url) } }, ->(pool) { pool.with { |redis| redis.get("key") } }
    ],
    "ConnectionPool Wrapper of redis-rb" => [
      -> { ConnectionPool::Wrapper.new(size: 2) { Redis.new(url: SERVER.url) } }, ->(redis) { redis.get("key") }
    ],
    "ConnectionPool of redis-client" => [
      -> { ConnectionPool.new(size: 2) { RedisClient.config(url: SERVER.url).new_client } },
      ->(pool) { pool.with { |redis| redis.call("GET", "key") } }
    ],
    "a pool of redis-client" => [
      -> { RedisClient.config(url: SERVER.url).new_pool(size: 2) }, ->(pool) { pool.call("GET", "key") }
    ],
    # It is for one thread at a time: the application's have others.
    "one RedisClient that only publishes" => [ -> { RedisClient.config(url: SERVER.url).new_client }, ->(_client) { } ]
  }.select { |name, _| REDIS_RB || !name.include?("redis-rb") }.freeze

  CLIENTS.each do |name, (client, ask)|
    test = name.gsub(/\W+/, "_")

    define_method("test_#{test}_does_both") do
      errors, ids, received = use(client.call, ask)
      assert_empty errors.map(&:full_message)
      assert_equal THREADS * ROUNDS, ids.compact.size
      assert_equal ids.sort, received.sort
    end

    define_method("test_#{test}_sends_nothing_twice_where_connections_are_lost") do
      _errors, ids, received = use(client.call, ask, cutting: true)
      assert_empty received.tally.select { |_id, times| times > 1 }
      assert_empty ids.compact - received
      assert_operator cuts, :>, ROUNDS / CUT_EVERY
    end
  end

  private

  # How often connections were cut.
  attr_reader :cuts

  # @return [Array(Array<StandardError>, Array<String, nil>, Array<String>)] what the application's own commands raised,
  #   what the publishes returned, and the ids that arrived
  def use(client, ask, cutting: false)
    Signalbox.configure do |c|
      c.redis = client
      c.reporter = ->(_error, _context) { }
      c.logger = Logger.new(nil)
    end
    done = Queue.new
    errors = Queue.new
    ids = Queue.new
    received = SERVER.record("thing") {
      cutter = cutting ? Thread.new { cut(done) } : nil
      ask.call(client)
      Deadline.of(60) do
        [
          *threads(done) { errors_of(errors) { ask.call(client) } },
          *threads(done) { ids << Events::Thing.updated(user_id: 1, contents: "x") }
        ].each(&:join)
      end
      done.close
      cutter&.join
    }
    [ drain(errors), drain(ids), received.map { |text| JSON.parse(text).fetch("i") } ]
  end

  def threads(done)
    Array.new(THREADS) {
      Thread.new {
        ROUNDS.times {
          yield
          done << 1
        }
      }
    }
  end

  def errors_of(errors)
    yield
  rescue StandardError => error
    errors << error
  end

  # As a Redis that restarts, or a proxy that has had enough: the connections of all but the one that listens.
  def cut(done)
    admin = RedisClient.config(url: SERVER.url).new_client
    @cuts = 0
    while done.pop
      (CUT_EVERY - 1).times { done.pop }
      admin.call("CLIENT", "KILL", "TYPE", "normal")
      @cuts += 1
    end
  ensure
    admin&.close
  end

  def drain(queue)
    Array.new(queue.size) { queue.pop }
  end
end
