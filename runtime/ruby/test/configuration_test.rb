# frozen_string_literal: true

require_relative "support/runtime"
require_relative "support/redis_clients"
require "connection_pool"

# A setting that cannot work is told where it is written, and not by each publish.
class ConfigurationTest < Minitest::Test
  include RuntimeTest

  SECRET = "s3cret-word"
  URL = "redis://:#{SECRET}@127.0.0.1:1"

  # Reports hand over two, and this takes one.
  class Narrow
    def call(_error); end
  end

  # What is used of a logger, except whether it wants lines for debugging.
  SilentLogger = Struct.new(:debug, :info, :warn, :error)

  # Setting, values that cannot work, what the message says.
  REFUSED = [
    [ :transport, [ :rediss ], "`c.transport` must be :redis, :http, :test, an object that responds to `deliver`, or nil, which finds one, but is :rediss" ],
    [ :transport, [ "redis", { password: SECRET }, Object ], "`c.transport` must be :redis" ],
    [ :redis, [ URL, { url: URL }, RedisClient.config(url: URL), Object.new, 6379 ], "`RedisClient.config(url: ...).new_pool`" ],
    [ :redis, [ -> { nil }, proc { nil }, ->(_text) { }, ->(_channel, text:) { text }, "x".method(:succ), ->(_a, _b, _c) { } ], "takes (channel, text)" ],
    [ :prefix, [ nil, :app, 1 ], "`c.prefix` must be a String" ],
    [ :url, [ "no url", "ftp://127.0.0.1", "127.0.0.1:8081", "http://:#{SECRET}@127.0.0.1", :url, 8081 ], "`c.url` (SIGNALBOX_URL) must be" ],
    [ :publish_key, [ :key, 1, "", "#{SECRET}\n" ], "`c.publish_key` must be" ],
    [ :timeout, [ nil, "abc", "0.5", 0, -1, Float::NAN, Float::INFINITY, true ], "`c.timeout` must be a number of seconds above 0" ],
    [ :max_bytes, [ nil, "1", 1.5, 0, -1 ], "`c.max_bytes` must be a number of bytes above 0" ],
    [ :violations, [ :ignore, "raise", true ], "`c.violations` must be :raise, :report or nil" ],
    [ :reporter, [ Object.new, :sentry, -> { nil }, ->(_error) { }, Narrow.new ], "`c.reporter` must be" ],
    [ :logger, [ "log/test.log", $stderr, :info, SilentLogger.new ], "`c.logger` must be a Logger, an object with its debug?, debug, warn and error" ],
    [ :events_module, [ nil, :Events, "", "events", "Events.", Events ], "`c.events_module` must be" ],
    [ :gateway_url, [ "realtime.example.org", "realtime", "wss://exa mple", "ftp://example.org", "wss:///realtime", "", :url,
                      "wss://:#{SECRET}@example.org" ], "`c.gateway_url` must be" ],
    [ :page_user, [ :current_user, "user_id", 1, -> { 1 }, ->(_request, _more) { 1 }, Object.new ], "`c.page_user` must be a lambda that takes (request)" ]
  ].freeze

  # As redis-cluster-client, which connects to say whether it responds to a command.
  class ClusterClient
    def call_once(*_command); end

    def with
      yield self
    end

    def respond_to_missing?(*)
      raise "nothing may be connected"
    end
  end

  # Setting, values that work.
  TAKEN = [
    [ :transport, [ nil, :redis, :http, :test, Class.new { def deliver(_messages) = nil }.new ] ],
    [ :redis, [ nil, ->(_channel, _text) { }, ->(*) { }, proc { |channel, text| [ channel, text ] }, ->(_channel, _text, _more = nil) { },
                RedisClient.config(url: URL).new_client, RedisClient.config(url: URL).new_pool, ClusterClient.new,
                ConnectionPool.new { raise "nothing may be made" }, ConnectionPool::Wrapper.new { raise "nothing may be made" },
                *(REDIS_RB ? [ Redis.new(url: URL), Redis.new(url: URL).method(:publish) ] : []) ] ],
    [ :prefix, [ "", "app:" ] ],
    [ :url, [ nil, "http://127.0.0.1:8081", "https://example.org/gateway/" ] ],
    [ :publish_key, [ nil, "key" ] ],
    [ :timeout, [ 1, 0.2, 1r ] ],
    [ :max_bytes, [ 1, 64 * 1024 ] ],
    [ :violations, [ nil, :raise, :report ] ],
    [ :reporter, [ nil, ->(_error, _context) { }, ->(*) { }, proc { |error| error }, Class.new { def call(_error, _context) = nil }.new ] ],
    [ :logger, [ nil, Logger.new(nil), Struct.new(:debug?, :debug, :warn, :error).new ] ],
    [ :events_module, %w[Events Realtime::Events] ],
    [ :gateway_url, [ nil, "/realtime", "//example.org/realtime", "wss://example.org/realtime?a=1", "https://example.org", "ws://[::1]:8081/" ] ],
    [ :page_user, [ nil, ->(_request) { 1 }, ->(*) { 1 }, proc { 1 }, Narrow.new ] ]
  ].freeze

  def test_what_cannot_work_is_refused_and_changes_nothing
    REFUSED.each do |setting, values, message|
      values.each do |value|
        before = Signalbox.configuration
        error = assert_raises(Signalbox::ConfigurationError, "#{setting}: #{value.class}") {
          Signalbox.configure { |c|
            c.events_module = "Other"
            c.public_send("#{setting}=", value)
          }
        }
        assert_includes error.message, message
        refute_includes error.full_message, SECRET
        assert_same before, Signalbox.configuration
        assert Events::Thing.updated!(user_id: 1, contents: "x")
      end
    end
  end

  def test_what_works_is_taken
    TAKEN.each do |setting, values|
      values.each do |value|
        Signalbox.configure { |c| c.public_send("#{setting}=", value) }
        # Not assert_same, which asks a pool's wrapper for a client.
        assert value.equal?(Signalbox.configuration.public_send(setting)), setting
      end
    end
  end

  def test_a_block_that_raises_changes_nothing
    assert_raises(KeyError) do
      Signalbox.configure { |c|
        c.prefix = "other:"
        raise KeyError
      }
    end
    assert_equal "", Signalbox.configuration.prefix
  end

  def test_it_is_changed_by_configure_only
    assert_raises(FrozenError) { Signalbox.configuration.prefix = nil }
  end

  def test_a_constant_that_is_no_client
    Object.const_set(:REDIS, URL)
    Signalbox.configure { |c| c.redis = nil }
    error = assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "x") }
    assert_includes error.message, "`RedisClient.config(url: ...).new_pool`"
    refute_includes error.full_message, SECRET
  ensure
    Object.send(:remove_const, :REDIS)
  end

  def test_a_number_of_threads_that_is_none
    ENV.update("REDIS_URL" => URL, "RAILS_MAX_THREADS" => "many")
    Signalbox.configure { |c| c.redis = nil }
    error = assert_raises(Signalbox::DeliveryError) { Events::Thing.updated!(user_id: 1, contents: "x") }
    assert_includes error.message, "RAILS_MAX_THREADS"
  ensure
    %w[REDIS_URL RAILS_MAX_THREADS].each { |name| ENV.delete(name) }
  end
end
