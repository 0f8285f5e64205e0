# frozen_string_literal: true

require "json"
require_relative "wire/issue"
require_relative "wire/text"
require_relative "wire/numbers"
require_relative "wire/javascript"
require_relative "wire/checks"
require_relative "wire/json_value"
require_relative "wire/refused"
require_relative "wire/members"
require_relative "wire/coercion"

module Signalbox
  # What the generated +Events::Types+ modules stand on: the rules of zod that are the same for every contract. No gem
  # is needed, nothing is kept between calls, and nothing here knows a schema.
  #
  # A *wire value* is what +JSON.parse+ makes: Hash with String keys, Array, String, Integer, Float, true, false, nil.
  # {Coercion} turns Ruby's other values into it; each type's +parse+ then checks it as zod would.
  module Wire
    # A key that is not there. +nil+ is JSON's null, which is something else.
    UNDEFINED = Object.new
    def UNDEFINED.inspect = "undefined"
    UNDEFINED.freeze

    # What a pipe returns when its first half refused the value: zod looks no further, whatever the issues were.
    ABORTED = Object.new
    def ABORTED.inspect = "aborted"
    ABORTED.freeze

    # How deep arrays and objects may be nested, on all sides.
    MAX_DEPTH = 100
  end
end
