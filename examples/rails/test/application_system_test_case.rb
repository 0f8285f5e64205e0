require "test_helper"
require_relative "support/chromium"

class ApplicationSystemTestCase < ActionDispatch::SystemTestCase
  include Signalbox::SystemTestHelper

  driven_by :cuprite, screen_size: [ 1200, 800 ], options: CHROMIUM

  # Signs in, and is in room 1.
  def enter(name)
    visit root_path
    fill_in "Your name", with: name
    click_on "Sign in"
    wait_for_signalbox "room", room_id: 1
  end
end
