# frozen_string_literal: true

require_relative "../support/rails_app"
require "capybara/cuprite"
require "capybara/dsl"

# What the helper makes of a page, in Chromium. The pages say of themselves what the browser client would; the client with
# a real gateway is in the system tests of examples/rails.
class SystemTestHelperTest < ActiveSupport::TestCase
  include Capybara::DSL

  # Only to be called: this class tests it, and is no system test.
  class Helper
    include Capybara::DSL
    include Signalbox::SystemTestHelper
  end

  PAGES = {
    "/subscribed" => { status: "open", channels: "inbox:7=subscribed room:1=subscribed" },
    "/late" => { script: 'setTimeout(() => document.documentElement.setAttribute("data-signalbox-channels", "room:1=subscribed"), 300)' },
    "/none" => {},
    "/reconnecting" => { status: "reconnecting", channels: "room:1=pending", url: "ws://127.0.0.1:1/realtime" },
    "/unauthorized" => { status: "unauthorized", channels: "room:1=refused" },
    "/closed" => { status: "closed", channels: "room:1=refused" },
    "/refused" => { status: "open", channels: "room:1=refused" },
    "/pending" => { status: "open", channels: "room:1=pending" },
    "/other" => { status: "open", channels: "room:11=subscribed inbox:7=pending" },
    "/nobody" => { status: "open", channels: "inbox:@me=refused" },
    "/idle" => { status: "idle" }
  }.freeze

  APP = lambda do |env|
    page = PAGES[env["PATH_INFO"]]
    return [ 404, {}, [] ] unless page

    attributes = page.slice(:status, :channels).map { |name, value| %(data-signalbox-#{name}="#{value}") }.join(" ")
    meta = %(<meta name="signalbox-url" content="#{page[:url]}">) if page[:url]
    script = "<script>#{page[:script]}</script>" if page[:script]
    html = "<!doctype html><html #{attributes}><head><title>-</title>#{meta}</head><body>#{script}</body></html>"
    [ 200, { "content-type" => "text/html" }, [ html ] ]
  end

  Capybara.register_driver(:cuprite) do |app|
    options = { browser_path: ENV["CHROMIUM"], browser_options: { "no-sandbox" => nil } }
    Capybara::Cuprite::Driver.new(app, process_timeout: 30, timeout: 20, **options.compact)
  end

  setup do
    Capybara.app = APP
    Capybara.server = :puma, { Silent: true }
    Capybara.current_driver = :cuprite
  end

  teardown do
    Capybara.reset_sessions!
    Capybara.use_default_driver
  end

  def wait_for(...)
    Helper.new.wait_for_signalbox(...)
  end

  def failure_on(path)
    visit path
    Capybara.using_wait_time(0.1) { assert_raises(Capybara::ExpectationNotMet) { wait_for("room", room_id: 1) }.message }
  end

  test "a subscription that is confirmed is enough, by name and parameters or by its concrete name" do
    visit "/subscribed"
    assert_nothing_raised do
      wait_for "room", room_id: 1
      wait_for :room, room_id: "1"
      wait_for "room:1"
      wait_for "inbox", user_id: 7
    end
  end

  test "it is waited for" do
    visit "/late"
    assert_nothing_raised { Capybara.using_wait_time(20) { wait_for "room", room_id: 1 } }
  end

  test "a failure says where the page stands" do
    message = failure_on("/other")
    assert_includes message, "The page is not subscribed to room:1 (waited 0.1 s)."
    assert_match %r{page: http://127\.0\.0\.1:\d+/other$}, message
    assert_match(/connection: open \(\/realtime of the page's origin/, message)
    assert_includes message, "subscriptions: room:11 (subscribed), inbox:7 (pending)"
    assert_includes failure_on("/reconnecting"), "connection: reconnecting (ws://127.0.0.1:1/realtime)"
    assert_includes failure_on("/idle"), "subscriptions: none"
  end

  test "a failure says what to look at" do
    {
      "/none" => "No client of Signalbox runs there",
      "/reconnecting" => "The gateway is not reached",
      "/unauthorized" => "The gateway takes no such session",
      "/closed" => "has closed the connection",
      "/refused" => "The gateway refused it",
      "/pending" => "not answered yet",
      "/other" => "Nothing on the page has asked for it",
      "/idle" => "Nothing on the page has asked for it"
    }.each { |path, advice| assert_includes failure_on(path), advice, path }
    visit "/nobody"
    error = Capybara.using_wait_time(0.1) { assert_raises(Capybara::ExpectationNotMet) { wait_for("inbox", user_id: 7) } }
    assert_includes error.message, "It asked for inbox:@me, and was refused: is somebody signed in?"
  end

  test "a failure says that nothing was visited" do
    Capybara.reset_session!
    error = Capybara.using_wait_time(0.1) { assert_raises(Capybara::ExpectationNotMet) { wait_for("room", room_id: 1) } }
    assert_includes error.message, "No page was visited yet"
  end

  test "a driver without JavaScript is told" do
    Capybara.current_driver = :rack_test
    visit "/subscribed"
    error = assert_raises(Signalbox::Error) { wait_for "room", room_id: 1 }
    assert_includes error.message, ":rack_test runs no JavaScript"
  end

  test "what cannot be a channel is told, with the contract's own words" do
    visit "/subscribed"
    assert_match(/Did you mean "room"\?/, assert_raises(Signalbox::UnknownChannel) { wait_for "rom", room_id: 1 }.message)
    assert_match(/room:\{roomId\}.*roomId/, assert_raises(ArgumentError) { wait_for "room" }.message)
    assert_match(/no parameter id/, assert_raises(ArgumentError) { wait_for "room", room_id: 1, id: 2 }.message)
    assert_match(/roomId/, assert_raises(ArgumentError) { wait_for "room", room_id: "a b" }.message)
  end
end
