# frozen_string_literal: true

require "openssl"

module Signalbox
  # Who a page is rendered for: for +signalbox_meta_tags+, and so that no cache takes one user's page for another's.
  module PageUser
    # Under which a sign-in writes who it was: by hand, with Rodauth or with Sorcery. Not all that ends in +_id+: each
    # change is a full page load, and a cart is no user.
    NAMES = %w[user_id current_user_id impersonated_user_id account_id member_id customer_id admin_id admin_user_id].freeze
    # Devise's, and whatever else is signed in with Warden, for each scope.
    WARDEN = /\Awarden\.user\.\w+\.key\z/
    # What <tt>bin/rails generate authentication</tt> of Rails 8 signs: the id of a row.
    COOKIE = "session_id"
    SALT = "signalbox page user"
    # Turbo shows such an answer to a link without a look at what its head had tracked.
    ERRORS = [ 401, 403, 404, 410 ].freeze
    private_constant :NAMES, :WARDEN, :COOKIE, :SALT, :ERRORS

    class << self
      # @param request [ActionDispatch::Request]
      # @param status [Integer] of the answer
      # @return [String, nil] {digest}; for an error page that Turbo compares with nothing, what no other page has, so that
      #   the next one is another user's to it, and is loaded
      def shown(request, status)
        method = request.get_header("action_dispatch.original_request_method") || request.request_method
        return "error" if status >= 500 || (method == "GET" && ERRORS.include?(status))

        digest(request)
      end

      # The same on all pages of one user, and of no use to anybody else: no id can be found by trying.
      #
      # @param request [ActionDispatch::Request]
      # @return [String, nil] 32 hexadecimal digits of an HMAC with the application's secret; nil for nobody
      # @raise [ConfigurationError] +page_user+ has given something that is not the same on each page
      def digest(request)
        named = Signalbox.configuration.page_user
        user = named ? plain(named.call(request)) : signed_in(request)
        return if user.nil?

        key = ::Rails.application.key_generator.generate_key(SALT, 32)
        OpenSSL::HMAC.hexdigest("SHA256", key, ActiveSupport::JSON.encode(user)).first(32)
      end

      # @param request [ActionDispatch::Request]
      # @return [Hash{String => Object}, nil] what session and cookies have of a sign-in; nil where that is nothing. To read
      #   it starts no session.
      def signed_in(request)
        found = request.session.to_hash.select { |name, value| !value.nil? && (NAMES.include?(name) || WARDEN.match?(name)) }
        cookie = request.cookie_jar.signed[COOKIE] if request.cookie_jar.key?(COOKIE)
        found[COOKIE] = cookie unless cookie.nil?
        found.sort.to_h.presence
      end

      private

      # In hexadecimal digits, because an id may be binary, of which JSON takes none.
      #
      # @raise [ConfigurationError] an object that would not be the same each time
      def plain(user)
        case user
        when nil, false, "" then nil
        when Integer then user
        when String, Symbol then user.to_s.unpack1("H*")
        when Array then user.map { |part| plain(part) }.then { |parts| parts if parts.any? }
        else record(user)
        end
      end

      # A record that is not saved stands for a guest.
      def record(user)
        return user.to_key && [ user.class.name, plain(user.to_key) ] if user.respond_to?(:to_key)

        raise ConfigurationError, "Signalbox: `c.page_user` must give an id, a record, an Array of those, or nil for nobody, " \
                                  "but gave a value of class #{user.class}"
      end
    end
  end
end
