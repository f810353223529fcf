// Package s3 stands in for the client of S3, of which Pulumi's file backend knows this type only.
package s3

type CopyObjectInput struct{ CopySource *string }
