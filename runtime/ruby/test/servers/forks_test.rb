# frozen_string_literal: true

require "bundler/setup"
require "json"
require "minitest/autorun"
require "net/http"
require "redis-client"
require "tmpdir"
require_relative "../support/redis_server"

# Real servers that fork or run threads, on real Redis, with nothing configured for either.
class ForksTest < Minitest::Test
  GENERATED = ENV.fetch("SIGNALBOX_TEST_GENERATED")

  def setup
    @redis = RedisServer.new
    @folder = Dir.mktmpdir("signalbox-servers")
    @pids = []
  end

  def teardown
    @pids.each do |pid|
      Process.kill("TERM", pid)
      Process.wait(pid)
    end
    @redis.remove
    FileUtils.remove_entry(@folder)
  end

  def write(name, text)
    File.write(File.join(@folder, name), text)
  end

  def start(*command, **environment)
    environment = environment.to_h { |name, value| [ name.to_s, value ] }
    log = File.join(@folder, "log")
    @pids << Process.spawn({ "REDIS_URL" => @redis.url, "RACK_ENV" => "production", **environment }, *command,
                           chdir: @folder, out: log, err: [ log, "a" ])
  end

  def wait_until
    deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + 60
    until yield
      raise File.read(File.join(@folder, "log")) if Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline

      sleep 0.05
    end
  end

  PREAMBLE = <<~RUBY
    require #{File.join(GENERATED, "signalbox/signalbox").inspect}
    require #{File.join(GENERATED, "app/events").inspect}
  RUBY

  # The parent publishes before it forks, so that the workers inherit a connection that they must not use.
  def test_puma_cluster
    port = TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] }
    write("config.ru", PREAMBLE + <<~RUBY)
      Events::Thing.updated!(user_id: 0, contents: "parent")
      run ->(_env) { [ 200, {}, [ Events::Thing.updated!(user_id: Process.pid, contents: "worker") ] ] }
    RUBY
    write("puma.rb", <<~RUBY)
      workers 2
      threads 4, 4
      preload_app!
      before_worker_boot { ::Events::Thing.updated!(user_id: Process.pid, contents: "boot") }
      bind "tcp://127.0.0.1:#{port}"
    RUBY
    bodies = Queue.new
    received = @redis.listen("thing", count: 103) {
      start("bundle", "exec", "puma", "-C", "puma.rb", "config.ru")
      wait_until { File.read(File.join(@folder, "log")).scan(/Worker \d.* booted/).size == 2 }
      Array.new(10) {
        Thread.new { 10.times { bodies << Net::HTTP.get(URI("http://127.0.0.1:#{port}/")) } }
      }.each(&:join)
    }

    envelopes = received.map { |_, text| JSON.parse(text) }
    told = envelopes.group_by { |envelope| envelope["d"]["contents"] }
    assert_equal 1, told["parent"].size
    assert_equal 2, told["boot"].map { |envelope| envelope["d"]["user_id"] }.uniq.size
    assert_equal Array.new(100) { bodies.pop }.sort, told["worker"].map { |envelope| envelope["i"] }.sort
  end

  def test_sidekiq
    write("jobs.rb", PREAMBLE + <<~RUBY)
      require "sidekiq"

      class PublishingJob
        include Sidekiq::Job

        def perform(number)
          Events::Thing.updated!(user_id: number, contents: "job")
        end
      end
    RUBY
    received = @redis.listen("thing", count: 50) {
      start("bundle", "exec", "sidekiq", "-c", "5", "-r", "./jobs.rb")
      client = RedisClient.config(url: @redis.url).new_client
      client.call("SADD", "queues", "default")
      50.times do |number|
        job = { class: "PublishingJob", args: [ number ], jid: format("%024d", number), created_at: 0, enqueued_at: 0, retry: false }
        client.call("LPUSH", "queue:default", JSON.generate(job))
      end
    }
    assert_equal (0...50).to_a, received.map { |_, text| JSON.parse(text)["d"]["user_id"] }.sort
  end
end
