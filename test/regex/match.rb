# frozen_string_literal: true

# Reads one JSON object a line: a pattern as codegen prints it, and strings. Answers which of them match: "0110".

require "json"
require_relative "../../runtime/ruby/lib/signalbox/wire"

$stdout.sync = true
$stdin.set_encoding(Encoding::UTF_8)
while (line = $stdin.gets)
  request = JSON.parse(line)
  pattern = eval("/#{request["source"]}/", binding, __FILE__, __LINE__)
  puts request["strings"].map { |string|
    pattern.match?(request["astral"] ? Signalbox::Wire.units(string) : string) ? "1" : "0"
  }.join
end
