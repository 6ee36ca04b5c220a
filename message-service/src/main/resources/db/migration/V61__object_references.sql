-- Who refers to an object of the store: asked before anything that seems to be left over is erased.
create index mail_object on message.mail ((received -> 'object' ->> 'id'));
create index derived_object on message.derived (object_id);
