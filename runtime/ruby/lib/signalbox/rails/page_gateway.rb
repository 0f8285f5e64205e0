# frozen_string_literal: true

require "uri"

module Signalbox
  # Where the gateway is, as a page sees it.
  module PageGateway
    class << self
      # @param host [String, nil] of the page
      # @return [String, nil] +wss://...+, +https://...+ or a path; nil: +/realtime+ of the page's origin
      def url(host)
        Signalbox.configuration.gateway_url || DevelopmentGateway.page_url(host)
      end

      # @param host [String, nil] of the page
      # @return [Array<String>] the origin of {url}, as a content security policy names it; none where it is the page's own
      # @raise [ConfigurationError] +gateway_url+ is no URL
      def sources(host)
        uri = URI.parse(url(host).to_s)
        return [] if uri.host.nil?

        scheme = { "http" => "ws", "https" => "wss" }.fetch(uri.scheme, uri.scheme)
        port = uri.port unless uri.port == uri.default_port
        [ [ scheme && "#{scheme}://", uri.host, port && ":#{port}" ].join ]
      rescue URI::Error
        raise ConfigurationError, "Signalbox: gateway_url is a wss:// or https:// URL or a path, not #{url(host).inspect}"
      end
    end
  end

  # What a content security policy's +connect-src+ has to name besides +'self'+, for a page to reach the gateway.
  #
  # @example in config/initializers/content_security_policy.rb
  #   policy.connect_src :self, -> { Signalbox.connect_sources(self) }
  # @param at [ActionController::Base, ActionDispatch::Request, nil] what Rails calls such a Proc in: a controller, or
  #   where there is none (redirects of the routes, say) the request. In development the gateway is on its host
  # @return [Array<String>] such as +["wss://realtime.example.org"]+; empty where the gateway is on the page's own origin
  # @raise [ConfigurationError] +gateway_url+ is no URL
  def self.connect_sources(at = nil)
    request = at.respond_to?(:request) ? at.request : at
    PageGateway.sources(request&.host)
  end
end
