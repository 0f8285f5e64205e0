# frozen_string_literal: true

module Signalbox
  module Testing
    # What the browser client says of itself on +<html>+ of the page that Capybara looks at.
    class Page
      # @param session [Capybara::Session]
      def initialize(session)
        @session = session
      end

      # @param name [String] of a channel, concrete: +room:1+
      # @return [Boolean] false where that did not happen within Capybara's waiting time
      # @raise [Error] the driver runs no JavaScript
      def subscribed?(name)
        @session.evaluate_script("1")
        return false if blank?

        @session.document.has_selector?(:css, %(html[data-signalbox-channels~="#{name}=subscribed"]), visible: :all)
      rescue Capybara::NotSupportedByDriverError
        raise Error, "wait_for_signalbox needs a browser: #{@session.mode.inspect} runs no JavaScript, so that nothing on " \
          "the page subscribes. Take a driver that does (driven_by :cuprite, :selenium ...)"
      end

      # @param name [String]
      # @return [String] why it may not be subscribed, and what to look at
      def explain(name)
        return "No page was visited yet that could subscribe to #{name}: visit one of the application first." if blank?

        [
          "The page is not subscribed to #{name} (waited #{Capybara.default_max_wait_time} s).",
          "  page: #{@session.current_url}",
          "  connection: #{status || "none"}#{" (#{address})" if status}",
          "  subscriptions: #{channels.empty? ? "none" : channels.map { |each, state| "#{each} (#{state})" }.join(", ")}",
          advice(name)
        ].join("\n")
      end

      private

      # What drivers have before the first visit.
      def blank?
        !@session.current_url.to_s.start_with?("http")
      end

      def status
        html["data-signalbox-status"]
      end

      # @return [Array<Array(String, String)>] names and statuses
      def channels
        html["data-signalbox-channels"].to_s.split.map { |text| text.rpartition("=").values_at(0, 2) }
      end

      def html
        @session.document.find(:css, "html", visible: :all)
      end

      def address
        meta = @session.document.first(:css, %(meta[name="signalbox-url"]), visible: :all, minimum: 0)
        meta ? meta[:content] : "/realtime of the page's origin: signalbox_meta_tags gave no other"
      end

      def advice(name)
        case status
        when nil then "No client of Signalbox runs there. Does the page import it? The browser's console knows."
        when "connecting", "reconnecting", "offline"
          "The gateway is not reached. Does it run, does it take this page's origin, and does the content security policy " \
            "allow its address (connect-src)? The browser's console and log/signalbox.test.log know."
        when "unauthorized"
          "The gateway takes no such session. Is somebody signed in, under this host, and does identify take it?"
        when "closed" then "The page has closed the connection, or was rendered with an older contract."
        else channel_advice(name)
        end
      end

      def channel_advice(name)
        states = channels.to_h
        own = name.sub(/[^:]*\z/, "@me")
        case states[name]
        when "refused" then "The gateway refused it: authorize, or who is signed in. The browser's console has the reason."
        when "pending" then "It is asked for and not answered yet. Capybara.using_wait_time(10) { ... } gives it more time."
        else
          return "It asked for #{own}, and was refused: is somebody signed in?" if states[own] == "refused"

          "Nothing on the page has asked for it. Is that its name, and has its script run (no error in the browser's console)?"
        end
      end
    end
  end
end
