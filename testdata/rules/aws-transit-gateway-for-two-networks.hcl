case "two networks" {
  usage = {
    "aws_ec2_transit_gateway_vpc_attachment.a" = { monthly_data_processed_gb = 0 }
    "aws_ec2_transit_gateway_vpc_attachment.b" = { monthly_data_processed_gb = 100 }
  }
  resource "aws_ec2_transit_gateway" "main" {
    description = "main"
  }
  resource "aws_ec2_transit_gateway_vpc_attachment" "a" {
    transit_gateway_id = aws_ec2_transit_gateway.main.id
    vpc_id             = "vpc-1"
    subnet_ids         = ["subnet-1"]
  }
  resource "aws_ec2_transit_gateway_vpc_attachment" "b" {
    transit_gateway_id = aws_ec2_transit_gateway.main.id
    vpc_id             = "vpc-2"
    subnet_ids         = ["subnet-2"]
  }
  finds = {
    "aws_ec2_transit_gateway_vpc_attachment.a" = 730 * 0.05
    "aws_ec2_transit_gateway_vpc_attachment.b" = 730 * 0.05 + 100 * 0.02
  }
}

case "the gateway stands elsewhere" {
  resource "aws_ec2_transit_gateway_vpc_attachment" "a" {
    transit_gateway_id = "tgw-1"
    vpc_id             = "vpc-1"
    subnet_ids         = ["subnet-1"]
  }
  finds = {}
}

case "an office too" {
  resource "aws_ec2_transit_gateway" "main" {
    description = "main"
  }
  resource "aws_ec2_transit_gateway_vpc_attachment" "a" {
    transit_gateway_id = aws_ec2_transit_gateway.main.id
    vpc_id             = "vpc-1"
    subnet_ids         = ["subnet-1"]
  }
  resource "aws_vpn_connection" "office" {
    customer_gateway_id = "cgw-1"
    transit_gateway_id  = aws_ec2_transit_gateway.main.id
    type                = "ipsec.1"
  }
  finds = {}
}
