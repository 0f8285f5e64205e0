require "test_helper"

class PagesTest < ActionDispatch::IntegrationTest
  test "pages are for those who have signed in" do
    get room_path(1)

    assert_redirected_to new_session_path
  end

  test "the root leads to a room" do
    get root_path

    assert_redirected_to room_path(1)
  end

  test "a page says where the gateway is, and its content security policy allows that and no other script" do
    sign_in "Ada"
    Signalbox.configure { |c| c.gateway_url = "wss://realtime.example/realtime" }
    get room_path(1)

    assert_select "meta[name=signalbox-url][content='wss://realtime.example/realtime']"
    assert_select "meta[name=signalbox-contract][content='#{Events::FINGERPRINT}']"
    policy = response.headers["content-security-policy"] || response.headers["Content-Security-Policy"]
    assert_includes policy, "default-src 'none'"
    assert_includes policy, "connect-src 'self' wss://realtime.example;"
    nonces = css_select("script").map { |script| script["nonce"] }.uniq
    assert_equal 1, nonces.size
    assert_includes policy, "script-src 'self' 'nonce-#{nonces.first}'"
  ensure
    Signalbox.configure { |c| c.gateway_url = nil }
  end
end
