# frozen_string_literal: true

# Measures one process's worth: nanoseconds a call, the best of many short rounds, all contenders interleaved so that
# a busy machine slows each of them alike. Arguments: the folder that run.mjs made.

require "json"
require_relative "../../runtime/ruby/lib/signalbox/wire"

folder = ARGV.fetch(0)
rails = ARGV.include?("--active-support")
gems = !ARGV.include?("--without-gems")
if gems
  require "active_support"
  require "active_support/json" if rails
  require "json_schemer"
end

load File.join(folder, "types.rb")
ROUNDS = Integer(ENV.fetch("ROUNDS", 40))
CALLS = 2_000

def nanoseconds
  began = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
  index = 0
  while index < CALLS
    yield
    index += 1
  end
  (Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond) - began).fdiv(CALLS)
end

results = JSON.parse(File.read(File.join(folder, "payloads.json"))).to_h do |name, payload|
  type = Object.const_get(payload["module"])
  value = payload["value"]
  symbols = JSON.parse(JSON.generate(value), symbolize_names: true)
  schemer = JSONSchemer.schema(payload["schema"]) if gems
  issues = []
  raise "#{name} is not valid: #{type.validate(value)}" unless type.validate(value).empty?
  raise "#{name} is not valid to json_schemer" if gems && !schemer.valid?(value)

  contenders = {
    "loop" => -> { },
    "generate" => -> { JSON.generate(value) },
    "validate" => -> { type.parse(value, issues) },
    "validate_and_generate" => -> { JSON.generate(type.parse(value, issues)) },
    "coerce_validate_and_generate" => -> { JSON.generate(type.parse(type.coerce(symbols), issues)) }
  }
  contenders["json_schemer"] = -> { schemer.valid?(value) } if gems
  contenders["to_json"] = -> { value.to_json } if rails
  best = contenders.transform_values { ::Float::INFINITY }
  ROUNDS.times do
    contenders.each { |each, call| best[each] = [ best[each], nanoseconds(&call) ].min }
  end
  overhead = best.delete("loop")
  [ name, best.transform_values { |each| (each - overhead).round(1) } ]
end

puts JSON.generate({
  "ruby" => RUBY_DESCRIPTION,
  "json" => JSON::VERSION,
  "yjit" => defined?(RubyVM::YJIT) && RubyVM::YJIT.enabled? ? true : false,
  "results" => results
})
