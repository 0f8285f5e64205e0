# frozen_string_literal: true

require_relative "support/runtime"
require_relative "support/coercions"

class CoercionTest < Minitest::Test
  include RuntimeTest
  include Coercions

  def last_payload
    sent_payloads.last
  end
end
