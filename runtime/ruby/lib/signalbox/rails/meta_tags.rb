# frozen_string_literal: true

module Signalbox
  # A helper for views.
  module MetaTags
    # Tells the browser client where the gateway is and which contract this page was rendered with. Two +meta+ tags, no
    # script: nothing that a content security policy would ask a nonce for.
    #
    # @example in app/views/layouts/application.html.erb
    #   <%= signalbox_meta_tags %>
    # @param url [String, nil] default: +Signalbox.configuration.gateway_url+, else in development where `signalbox dev`
    #   has the gateway; without one the client takes +/realtime+
    # @return [ActiveSupport::SafeBuffer]
    def signalbox_meta_tags(url: nil)
      url ||= PageGateway.url(request&.host)
      contract = Object.const_get(Signalbox.configuration.events_module)::FINGERPRINT
      tags = [ tag.meta(name: "signalbox-contract", content: contract) ]
      tags.unshift(tag.meta(name: "signalbox-url", content: url)) if url
      safe_join(tags, "\n")
    end
  end
end
