# frozen_string_literal: true

module Signalbox
  # Turbo shows none of the page that a sign-in or sign-out redirects to: it sees in its head that this is another user's,
  # and loads it anew. Rails renders it twice, so its flash has to last for both.
  module FlashForReload
    # In the session, from the sign-in to the page after it, where there is a flash.
    KEY = "signalbox.flash"
    private_constant :KEY

    # Lets the flash outlast the page that is being rendered, where that one will not be shown.
    #
    # @param request [ActionDispatch::Request]
    # @return [void]
    def self.keep(request)
      request.flash.keep if request.session.key?(KEY) && request.session.delete(KEY)
    end

    private

    # @see ActionController::Metal
    def process_action(*)
      return super if request.get? || !request.accept.to_s.include?("text/vnd.turbo-stream.html")

      before = PageUser.signed_in(request)
      super
      session[KEY] = true if response.redirect? && !flash.empty? && PageUser.signed_in(request) != before
    end
  end
end
