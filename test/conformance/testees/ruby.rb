# frozen_string_literal: true

# The generated Ruby. Started plainly, or inside a Rails application by `bin/rails runner`.

require "json"
require_relative "../../../runtime/ruby/lib/signalbox/wire" unless defined?(Signalbox::Wire)
require_relative "../../../runtime/ruby/lib/signalbox/spelling" unless defined?(Signalbox::Spelling)

Disagreement = Class.new(StandardError)

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
    value = JSON.parse(document, max_nesting: false)
    [ value, in_ruby(value) ].each { |given| compare(type, given) }
    issues = []
    wire = type.parse(value, issues)
    return { valid: false, issues: issues.map(&:to_h) } unless issues.empty?

    { valid: true, wire: JSON.generate(wire) }
  rescue JSON::GeneratorError, JSON::NestingError, JSON::ParserError => error
    { refused: error.class.name }
  rescue Disagreement => error
    { refused: error.message }
  end

  # What is cast in one pass must be what coercion and check make of it.
  def compare(type, given)
    cast = type.cast(given)
    return if cast.nil?

    issues = []
    wire = type.parse(type.coerce(given), issues)
    return if issues.empty? && wire.eql?(cast)

    raise Disagreement, "cast gives #{cast.inspect}, coerce and parse #{wire.inspect} #{issues.map(&:to_h)}"
  end

  # The keys as Ruby code has them; not of what is too deep on all sides.
  def in_ruby(value, depth = 0)
    return value if depth > 2 * Signalbox::Wire::MAX_DEPTH

    case value
    when Array then value.map { |item| in_ruby(item, depth + 1) }
    when Hash then value.to_h { |key, member| [ ruby_key(key), in_ruby(member, depth + 1) ] }
    else value
    end
  end

  def ruby_key(key)
    key.valid_encoding? ? Signalbox::Spelling.snake_case(key).to_sym : key
  end
end

testee = Testee.new
$stdout.sync = true
$stdin.set_encoding(Encoding::UTF_8)
while (line = $stdin.gets)
  puts JSON.generate(testee.answer(JSON.parse(line, max_nesting: false)), max_nesting: false)
end
