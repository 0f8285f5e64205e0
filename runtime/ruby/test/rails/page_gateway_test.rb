# frozen_string_literal: true

require_relative "../support/rails_app"

# A page under a strict content security policy: what signalbox_meta_tags writes needs no nonce, and the policy names the
# gateway.
class PageGatewayTest < ActionDispatch::IntegrationTest
  class PagesController < ActionController::Base
    content_security_policy do |policy|
      policy.default_src :none
      policy.script_src :self
      policy.connect_src :self, -> { Signalbox.connect_sources(self) }
    end

    def show
      render inline: "<html><head><%= signalbox_meta_tags %></head></html>"
    end
  end

  setup do
    Rails.application.routes.draw { get "page", to: PagesController.action(:show) }
  end

  teardown do
    Rails.application.routes.clear!
    Signalbox.configure { |c| c.gateway_url = nil }
    Rails.env = "test"
  end

  def page(gateway_url, host: "www.example.com")
    Signalbox.configure { |c| c.gateway_url = gateway_url }
    host! host
    get "/page"
    assert_response :success
    response.headers["Content-Security-Policy"][/connect-src ([^;]*)/, 1]
  end

  test "the policy names the gateway where it is not on the page's own origin" do
    {
      nil => "'self'",
      "/realtime" => "'self'",
      "wss://realtime.example.org/realtime" => "'self' wss://realtime.example.org",
      "https://realtime.example.org/realtime" => "'self' wss://realtime.example.org",
      "http://realtime.example.org:8081/" => "'self' ws://realtime.example.org:8081",
      "ws://[::1]:8081/realtime?a=1" => "'self' ws://[::1]:8081",
      "//realtime.example.org/realtime" => "'self' realtime.example.org"
    }.each { |url, sources| assert_equal sources, page(url), url.inspect }
  end

  # Redirects of the routes have a policy as well, and no controller: Rails calls its Procs in the request.
  test "the policy of an answer without a controller names it, too" do
    Signalbox.configure { |c| c.gateway_url = "wss://realtime.example.org/realtime" }
    policy = ActionDispatch::ContentSecurityPolicy.new { |p| p.connect_src :self, -> { Signalbox.connect_sources(self) } }
    assert_equal "connect-src 'self' wss://realtime.example.org", policy.build(ActionDispatch::TestRequest.create)
  end

  test "in development it names the gateway that signalbox dev runs" do
    file = File.join(TestApp.config.root, Signalbox::DevelopmentGateway::FILE)
    FileUtils.mkdir_p(File.dirname(file))
    File.write(file, JSON.generate(pid: Process.pid, port: 8099), perm: 0o600)
    Rails.env = "development"
    assert_equal "'self' ws://localhost:8099", page(nil, host: "localhost")
    assert_equal "'self'", page(nil)
  ensure
    FileUtils.rm_f(file)
  end

  test "the tags are no scripts, have no style, and no policy asks them for a nonce" do
    page("wss://realtime.example.org/realtime?a=1&b='2'")
    head = Nokogiri::HTML5(response.body).at_css("head")
    assert_equal %w[meta meta], head.element_children.map(&:name)
    assert_equal %w[signalbox-url signalbox-contract], head.element_children.map { |tag| tag["name"] }
    assert_equal [ "wss://realtime.example.org/realtime?a=1&b='2'", Events::FINGERPRINT ], head.element_children.map { |tag| tag["content"] }
    assert_equal [ %w[name content] ], head.element_children.map { |tag| tag.attributes.keys }.uniq
  end
end
