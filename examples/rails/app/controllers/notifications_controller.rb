class NotificationsController < ApplicationController
  def create
    recipient = User.named(params[:to]) || current_user

    Events::Inbox.notified(user_id: recipient.id, title: "#{current_user.name}: #{params[:title]}".first(200))
    respond_ok
  end
end
