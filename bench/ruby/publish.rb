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
end
ENV["DATABASE_URL"] = "sqlite3::memory:"
BenchApp.initialize!
ActiveRecord::Base.connection

GENERATED = ENV.fetch("SIGNALBOX_BENCH_GENERATED")
require File.join(GENERATED, "signalbox/signalbox")

def clock
  Process.clock_gettime(Process::CLOCK_MONOTONIC)
end

began = clock
require File.join(GENERATED, "app/events")
boot = clock - began

REDIS = Redis.new(url: ENV.fetch("REDIS_URL"))
Signalbox.configure { |c| c.redis = REDIS }

ID = "0190aaaa-0000-4000-8000-000000000000"
FLAT = { "id" => ID, "userId" => 42, "title" => "A title as people write them, of sixty characters or so, yes",
         "at" => "2026-01-02T03:04:05.678Z" }.freeze
NESTED = { "orderId" => ID, "status" => "paid", "email" => "ada@example.org", "tags" => %w[new gift fragile],
           "items" => Array.new(5) { |n| { "sku" => "SKU-#{n}", "name" => "Item #{n}", "quantity" => n + 1, "price" => 9.5 } } }.freeze
UNION = { "kind" => "message", "roomId" => 7, "author" => "Ada", "body" => "Hello there, how are you today?" }.freeze

CASES = {
  "flat" => [ FLAT, -> { Events::Load.flat!(load: 1, id: ID, user_id: 42, title: FLAT["title"], at: FLAT["at"]) } ],
  "nested" => [ NESTED, -> { Events.publish!("load", :nested, NESTED, load: 1) } ],
  "union" => [ UNION, -> { Events::Load.union!(UNION, load: 1) } ]
}.freeze

COUNT = Integer(ENV.fetch("COUNT", 2_000))
ROUNDS = 15

def measure
  began = clock
  COUNT.times { yield }
  (clock - began) / COUNT * 1e6
end

puts JSON.generate(boot_ms: (boot * 1_000).round(1), ruby: RUBY_VERSION, rails: Rails.version)
CASES.each do |name, (hash, publish)|
  bare = []
  validated = []
  ROUNDS.times do
    bare << measure { REDIS.publish("load:1", hash.to_json) }
    validated << measure(&publish)
  end
  median = ->(values) { values.sort[values.size / 2].round(1) }
  puts JSON.generate(payload: name, bare_us: median[bare], validated_us: median[validated], bytes: hash.to_json.bytesize)
end
