# frozen_string_literal: true

# The generated Ruby. Started plainly, or inside a Rails application by `bin/rails runner`.

require "json"
require_relative "../../../runtime/ruby/lib/signalbox/wire" unless defined?(Signalbox::Wire)

# Speaks the protocol of protocol.ts.
class Testee
  def initialize
    @modules = {}
  end

  def answer(request)
    return load_modules(request["ruby"]) if request["do"] == "load"

    type = @modules.fetch(request["schema"])
    { verdicts: request["documents"].map { |document| check(type, document) } }
  end

  private

  def load_modules(ruby)
    load ruby["file"]
    ruby["modules"].each { |name, constant| @modules[name] = Object.const_get(constant) }
    { loaded: ruby["modules"].size }
  end

  def check(type, document)
    issues = []
    wire = type.parse(JSON.parse(document, max_nesting: false), issues)
    return { valid: false, issues: issues.map(&:to_h) } unless issues.empty?

    { valid: true, wire: JSON.generate(wire) }
  rescue JSON::GeneratorError, JSON::NestingError, JSON::ParserError => error
    { refused: error.class.name }
  end
end

testee = Testee.new
$stdout.sync = true
$stdin.set_encoding(Encoding::UTF_8)
while (line = $stdin.gets)
  puts JSON.generate(testee.answer(JSON.parse(line, max_nesting: false)), max_nesting: false)
end
