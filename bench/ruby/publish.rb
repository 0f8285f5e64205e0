# frozen_string_literal: true

# A validated publish against a bare one, in Rails, on one connection. Rounds of both alternate, so that what else the
# machine does falls on both; the median of the rounds is told. Run by bench/ruby-publish.mjs.
ENV["RAILS_ENV"] = "production"
require "bundler/setup"
require "rails"
require "active_job/railtie"
require "active_record/railtie"
require "redis"

class BenchApp < Rails::Application
  config.eager_load = false
  config.log_level = :info
  config.logger = ActiveSupport::Logger.new(IO::NULL)
  config.secret_key_base = "0" * 64
  # Rails turns it on by itself from 7.2 on, where Ruby is 3.3 or later; here RUBYOPT says so, and nothing else.
  config.yjit = false if config.respond_to?(:yjit=)
end
ENV["DATABASE_URL"] = "sqlite3::memory:"
BenchApp.initialize!
ActiveRecord::Base.connection

GENERATED = ENV.fetch("SIGNALBOX_BENCH_GENERATED")

def clock
  Process.clock_gettime(Process::CLOCK_MONOTONIC)
end

# What an initializer and eager loading cost a Rails app that is booting.
began = clock
require File.join(GENERATED, "signalbox/signalbox")
runtime = clock - began
require File.join(GENERATED, "app/events")
events = clock - began - runtime

REDIS = Redis.new(url: ENV.fetch("REDIS_URL"))
Signalbox.configure { |c| c.redis = REDIS }

ID = "0190aaaa-0000-4000-8000-000000000000"
TITLE = "A title as people write them, of sixty characters or so, yes"

# What a controller has in its hands: symbols for keys, a time as Rails has it. Both sides are written as code is that
# publishes: the bare one builds a Hash, the typed one gives keywords. A payload that is there already, and one that is
# plain JSON with text for keys, are there as well.
AT = Time.current
TAGS = %w[new gift fragile].freeze
ITEMS = Array.new(5) { |n| { sku: "SKU-#{n}", name: "Item #{n}", quantity: n + 1, price: 9.5 } }.freeze
EMAIL = "ada@example.org"
BODY = "Hello there, how are you today?"
FLAT = { id: ID, user_id: 42, title: TITLE, at: AT }.freeze
PLAIN = { "id" => ID, "userId" => 42, "title" => TITLE, "at" => "2026-01-02T03:04:05.678Z" }.freeze

# Messages in one batch; bare, each takes a round trip.
BATCH = 10

# Each has the JSON that the bare side sends, and our call.
CASES = {
  "typed" => [
    -> { { id: ID, user_id: 42, title: TITLE, at: AT }.to_json },
    -> { Events::Load.flat!(load: 1, id: ID, user_id: 42, title: TITLE, at: AT) }
  ],
  "nested" => [
    -> { { order_id: ID, status: "paid", email: EMAIL, tags: TAGS, items: ITEMS }.to_json },
    -> { Events::Load.nested!(load: 1, order_id: ID, status: "paid", email: EMAIL, tags: TAGS, items: ITEMS) }
  ],
  "union" => [
    -> { { kind: "message", room_id: 7, author: "Ada", body: BODY }.to_json },
    -> { Events::Load.union!({ kind: "message", room_id: 7, author: "Ada", body: BODY }, load: 1) }
  ],
  "generic" => [
    -> { { id: ID, user_id: 42, title: TITLE, at: AT }.to_json },
    -> { Events.publish!("load", :flat, load: 1, id: ID, user_id: 42, title: TITLE, at: AT) }
  ],
  "hash" => [ -> { FLAT.to_json }, -> { Events.publish!("load", :flat, FLAT, load: 1) } ],
  "plain" => [ -> { PLAIN.to_json }, -> { Events.publish!("load", :flat, PLAIN, load: 1) } ],
  "batch of 10" => [
    -> { FLAT.to_json },
    -> { Events.batch! { BATCH.times { Events::Load.flat!(load: 1, **FLAT) } } },
    BATCH
  ]
}.freeze

COUNT = Integer(ENV.fetch("COUNT", 500))
ROUNDS = 41

def measure(count)
  began = clock
  count.times { yield }
  (clock - began) / count * 1e6
end

puts JSON.generate(
  ruby: RUBY_VERSION, yjit: defined?(RubyVM::YJIT) ? RubyVM::YJIT.enabled? : nil,
  rails: Rails.version, redis: Redis::VERSION,
  runtime_ms: (runtime * 1_000).round(1), events_ms: (events * 1_000).round(1)
)
CASES.each do |name, (json, publish, messages)|
  messages ||= 1
  bare = []
  validated = []
  ROUNDS.times do
    bare << measure(COUNT) { REDIS.publish("load:1", json.call) }
    validated << measure(COUNT / messages, &publish) / messages
  end
  median = ->(values) { values.sort[values.size / 2].round(1) }
  puts JSON.generate(payload: name, bare_us: median[bare], validated_us: median[validated], bytes: json.call.bytesize)
end
