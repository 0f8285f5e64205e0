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
      by_turbo = !request.get? && request.accept.to_s.include?("text/vnd.turbo-stream.html")
      before = PageUser.signed_in(request) if by_turbo
      super
      if !response.redirect?
        # A page without the tags is not loaded again.
        session.delete(KEY) if request.session.loaded?
      elsif by_turbo && !flash.empty? && PageUser.signed_in(request) != before
        session[KEY] = true
      end
    end
  end
end
