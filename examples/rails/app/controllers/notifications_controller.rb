class NotificationsController < ApplicationController
  # A notification is kept nowhere: whoever sends one is told where it could not be sent.
  rescue_from Signalbox::DeliveryError do
    render plain: "The notification could not be sent.", status: 503
  end

  def create
    title = "#{current_user.name}: #{params[:title]}".first(200)
    if params[:to].blank?
      AnnouncementJob.perform_later(title)
    else
      recipient = User.find_by(name: params[:to].squish)
      return render plain: "Nobody here is called #{params[:to]}.", status: 422 unless recipient

      Events::Inbox.notified!(user_id: recipient, title: title)
    end
    respond_ok
  end
end
