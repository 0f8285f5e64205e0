# frozen_string_literal: true

module Signalbox
  # A helper for views.
  module MetaTags
    # Tells the browser client where the gateway is and which contract this page was rendered with, and Turbo whom for:
    # where that changes, by a sign-in or sign-out, Turbo loads the whole page, which takes a new connection. +meta+ tags
    # only, no script: nothing that a content security policy would ask a nonce for. The last one is another for each user,
    # so it belongs in no fragment cache.
    #
    # @example in app/views/layouts/application.html.erb
    #   <%= signalbox_meta_tags %>
    # @param url [String, nil] default: +Signalbox.configuration.gateway_url+, else in development where `signalbox dev`
    #   has the gateway; without one the client takes +/realtime+
    # @return [ActiveSupport::SafeBuffer]
    def signalbox_meta_tags(url: nil)
      url ||= PageGateway.url(request&.host)
      contract = Signalbox.events::FINGERPRINT
      tags = [ tag.meta(name: "signalbox-contract", content: contract) ]
      tags.unshift(tag.meta(name: "signalbox-url", content: url)) if url
      tags.push(*signalbox_user_tag)
      safe_join(tags, "\n")
    end

    private

    # None for nobody, as in a layout without these tags: to Turbo the two are the same.
    def signalbox_user_tag
      return if request.nil?

      FlashForReload.keep(request)
      user = PageUser.shown(request, controller.try(:response)&.status || 200)
      tag.meta(name: "signalbox-user", content: user, data: { turbo_track: "reload" }) if user
    end
  end
end
