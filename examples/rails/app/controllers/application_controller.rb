class ApplicationController < ActionController::Base
  before_action :require_user
  helper_method :current_user

  private
    def current_user
      @current_user ||= User.find_by(id: session[:user_id]) if session[:user_id]
    end

    def require_user
      redirect_to new_session_path unless current_user
    end

    # The page hears of the change through the gateway, so there is nothing to answer with.
    def respond_ok
      head :ok
    end
end
