class SessionsController < ApplicationController
  skip_before_action :require_user, only: %i[new create]

  def new
  end

  def create
    user = User.named(params[:name])
    return redirect_to(new_session_path) unless user

    reset_session
    session[:user_id] = user.id
    session[:name] = user.name
    redirect_to root_path
  end

  def destroy
    reset_session
    redirect_to new_session_path, status: :see_other
  end
end
