# frozen_string_literal: true

require_relative "../support/runtime"
require_relative "../support/redis_server"
require_relative "../support/redis_clients"

# A real Sentinel that makes a replica the master, through the client's own configuration.
class SentinelTest < Minitest::Test
  include RuntimeTest

  def setup
    super
    @master = RedisServer.new(repl_diskless_sync_delay: 0)
    @replica = RedisServer.new(replicaof: "127.0.0.1 #{@master.port}")
    @sentinel = RedisServer.new(sentinel: <<~CONF)
      sentinel monitor main 127.0.0.1 #{@master.port} 1
      sentinel down-after-milliseconds main 60000
    CONF
    # Otherwise it asks its servers every ten seconds, takes eight to demote the old master, and does nothing for thirty
    # after a pause of its own, which a busy machine may bring.
    ask("DEBUG", "INFO-PERIOD", "100", "PUBLISH-PERIOD", "100", "TILT-PERIOD", "100")
    wait_until { ask("REPLICAS", "main").any? { |replica| replica.to_a.flatten.include?("ok") } }
  end

  def teardown
    [ @sentinel, @replica, @master ].compact.each(&:remove)
    super
  end

  CLIENTS = {
    "redis-client" => ->(sentinels) { RedisClient.sentinel(name: "main", sentinels: sentinels).new_pool },
    "redis-rb" => ->(sentinels) { Redis.new(url: "redis://main", sentinels: sentinels) }
  }.select { |name, _| REDIS_RB || name != "redis-rb" }.freeze

  def test_failover
    sentinels = [ { host: "127.0.0.1", port: @sentinel.port } ]
    clients = CLIENTS.transform_values { |client| client.call(sentinels) }
    clients.each do |name, client|
      assert_equal 1, @master.listen("thing", count: 1) { publish(client) }.size, name
    end

    wait_until { promoted? }
    wait_until { ask("GET-MASTER-ADDR-BY-NAME", "main").last == @replica.port.to_s && role(@replica) == "master" && role(@master) == "slave" }
    clients.each do |name, client|
      ids = []
      # The connection to the old master was cut: a message on it is lost, and its caller told, at most once.
      errors = 0
      received = @replica.listen("thing", count: 1) {
        begin
          ids << publish(client)
        rescue Signalbox::DeliveryError
          errors += 1
          retry if errors == 1
          raise
        end
      }
      assert_equal ids, received.map { |_, text| JSON.parse(text).fetch("i") }, name
    end
  end

  private

  def publish(client)
    Signalbox.configure { |c| c.redis = client }
    Events::Thing.updated!(user_id: 1, contents: "x")
  end

  def admin(server)
    (@admins ||= {})[server] ||= RedisClient.config(url: server.url, reconnect_attempts: 3).new_client
  end

  def ask(*command)
    (@asking ||= RedisClient.config(host: "127.0.0.1", port: @sentinel.port).new_client).call("SENTINEL", *command)
  end

  # It wants news of its replica that are fresh, which a busy machine may not have.
  def promoted?
    ask("FAILOVER", "main") == "OK"
  rescue RedisClient::CommandError => error
    raise unless error.message.start_with?("NOGOODSLAVE")
  end

  def role(server)
    admin(server).call("ROLE").first
  end

  def wait_until
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + 60
    until yield
      raise "Sentinel does not do what it should" if Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline

      sleep 0.05
    end
  end
end
